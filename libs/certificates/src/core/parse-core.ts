import { type Bundle, type BundleRefused, type Derived, refuseBundle } from '../bundle.js';
import { recoverSigner } from '../signature.js';
import { tokenIdOf } from '../token.js';
import { certificateLeaf, rootFromPath } from '../tree.js';
import { certificateDigest } from '../typed-data.js';
import { fromBase45, toBase45 } from './base45.js';
import { type CoreParts, decodeCore, encodeCore } from './core-bytes.js';

/** What stands before the base 45 of a core, so that a scanned code is known for one. */
export const CORE_PREFIX = 'TM1:';

declare const checked: unique symbol;

/** A certificate as its core says it: of its document there is only the root. */
export type CoreCertificate = Omit<Bundle, 'format' | 'document' | 'signature' | 'proof'>;

/** A core whose signer was recovered and whose root was computed; only `parseCore` makes one. */
export interface CoreRead {
  readonly kind: 'CoreRead';
  readonly bundle: CoreCertificate;
  readonly derived: Derived;
  readonly [checked]: true;
}

/** Writes the core of an anchored certificate as the text of a QR code, 636 characters in a batch of 128. */
export function coreText(bundle: Bundle): string {
  return CORE_PREFIX + toBase45(encodeCore(bundle));
}

/**
 * Reads a core from its bytes or its text. A changed core recovers to another signer or leads to another root, which the
 * chain then does not know: so it must be judged by facts of the very signer and batch that this answers.
 */
export function parseCore(input: Uint8Array | string): CoreRead | BundleRefused {
  const bytes = typeof input === 'string' ? bytesOfText(input) : input;
  if (bytes === null)
    return refuseBundle('NOT_CANONICAL', `The code is not ${CORE_PREFIX} and base 45; scan it again.`);
  const parts = decodeCore(bytes);
  return 'kind' in parts ? parts : check(parts);
}

function check(parts: CoreParts): CoreRead | BundleRefused {
  const { chainId, contract, issuer, serial, claimKey, documentRoot, inclusion } = parts;
  const tokenId = tokenIdOf({ issuer, edition: BigInt(parts.edition), serial });
  const digest = certificateDigest({ chainId, contract }, { tokenId, documentRoot, claimKey });
  const leaf = certificateLeaf(tokenId, digest, claimKey);
  const recovered = recoverSigner(digest, parts.signature);
  if (recovered.kind === 'SignatureRefused') return refuseBundle(recovered.reason, recovered.message);
  const index = serial - inclusion.firstSerial;
  const root = rootFromPath({ leaf, index, count: inclusion.count, path: inclusion.path });
  if (root === null)
    return refuseBundle('INCLUSION_MISMATCH', `The batch of the code does not hold serial ${serial}.`);
  const read: Omit<CoreRead, typeof checked> = {
    kind: 'CoreRead',
    bundle: {
      ...{ chainId, contract, issuer, edition: parts.edition, serial, claimKey },
      signer: recovered.address,
      inclusion: { ...inclusion, index, root },
    },
    derived: { tokenId, documentRoot, digest, leaf },
  };
  // The brand exists only in types: it keeps an unchecked core from being handed to decideVerdict.
  return read as CoreRead;
}

// A core is at most 1,221 bytes long, so a longer text is none and need not be read.
const MOST_CHARACTERS = 2000;

function bytesOfText(text: string): Uint8Array | null {
  if (!text.startsWith(CORE_PREFIX) || text.length > MOST_CHARACTERS) return null;
  return fromBase45(text.slice(CORE_PREFIX.length));
}

import { canonicalJson, type JsonValue } from './canonical-json.js';
import { type CertificateDocument, documentRoot } from './document.js';
import type { Hex } from './hex.js';
import type { StateProof } from './proof/proof.types.js';
import type { ProofQuestion } from './proof/proof.types.js';
import type { ReasonName, RefusalReason } from './reasons.js';
import { REASONS } from './reasons.js';
import { tokenIdOf } from './token.js';
import { certificateLeaf } from './tree.js';
import { certificateDigest } from './typed-data.js';

/** The format name that every bundle carries; a verifier of tomorrow still reads it. */
export const BUNDLE_FORMAT = 'touchmark.certificate/1';

/** The largest bundle that is read, in bytes of UTF-8: 256 KiB. */
export const MAX_BUNDLE_BYTES = 256 * 1024;

/** Where the certificate stands in its anchored batch; times in seconds since 1970, `time` is the anchor's block time. */
export interface Inclusion {
  readonly firstSerial: number;
  readonly count: number;
  readonly time: number;
  readonly cosignUntil: number;
  readonly index: number;
  readonly path: readonly Hex[];
  readonly root: Hex;
}

/** A certificate that can be handed to anyone: what was signed, by which key, and its place in the batch once anchored. */
export interface Bundle {
  readonly format: typeof BUNDLE_FORMAT;
  readonly chainId: number;
  readonly contract: Hex;
  readonly issuer: Hex;
  /** uint64 in decimal digits, because a JSON number cannot hold it. */
  readonly edition: string;
  readonly serial: number;
  readonly document: CertificateDocument;
  /** Address of the claim key that is sealed with the piece. */
  readonly claimKey: Hex;
  /** Address of the issuer's signing key; a bundle whose signature recovers to another is refused. */
  readonly signer: Hex;
  readonly signature: Hex;
  readonly inclusion: Inclusion | null;
  /** What the contract stored of it at one final block, provable without a network; null until that was captured. */
  readonly proof: StateProof | null;
}

/** The hashes of a certificate that follow from its bundle. */
export interface Derived {
  readonly tokenId: bigint;
  readonly documentRoot: Hex;
  readonly digest: Hex;
  readonly leaf: Hex;
}

/** Why a bundle was not read: `code` is the frozen number of `reason`. */
export interface BundleRefused {
  readonly kind: 'BundleRefused';
  readonly reason: RefusalReason;
  readonly code: (typeof REASONS)[ReasonName];
  readonly message: string;
}

/** Computes token id, document root, EIP-712 digest and batch leaf of a bundle; throws EncodingError for malformed parts. */
export function deriveCertificate(
  bundle: Omit<Bundle, 'format' | 'signer' | 'signature' | 'inclusion' | 'proof'>,
): Derived {
  const { issuer, edition, serial, claimKey } = bundle;
  const tokenId = tokenIdOf({ issuer, edition: BigInt(edition), serial });
  const root = documentRoot(bundle.document);
  const digest = certificateDigest(bundle, { tokenId, documentRoot: root, claimKey });
  return { tokenId, documentRoot: root, digest, leaf: certificateLeaf(tokenId, digest, claimKey) };
}

/** What is asked of the chain, or of a proof, about a certificate. */
export function questionOf(
  bundle: Pick<Bundle, 'issuer' | 'edition' | 'serial' | 'signer' | 'inclusion'>,
): ProofQuestion {
  const { issuer, edition, serial, signer, inclusion } = bundle;
  return { issuer, edition: BigInt(edition), serial, signer, firstSerial: inclusion?.firstSerial ?? null };
}

/** Writes a bundle as its only accepted text, canonical JSON. */
export function bundleText(bundle: Bundle): string {
  const fields: JsonValue = bundle.document.map((field) => ({ ...field }));
  const inclusion: JsonValue = bundle.inclusion === null ? null : { ...bundle.inclusion };
  const proof: JsonValue = bundle.proof === null ? null : { ...bundle.proof };
  return canonicalJson({ ...bundle, document: fields, inclusion, proof });
}

/** Builds the refusal of a bundle with the frozen number of its reason. */
export function refuseBundle(reason: RefusalReason, message: string): BundleRefused {
  return { kind: 'BundleRefused', reason, code: REASONS[reason], message };
}

import { type Bundle, type BundleRefused, type Derived, deriveCertificate, refuseBundle } from './bundle.js';
import { documentProblem } from './document.js';
import { recoverSigner } from './signature.js';
import { isMember } from './tree.js';

declare const checked: unique symbol;

/** A bundle whose signature and inclusion path were recomputed; only `parseBundle` and `checkBundle` make one. */
export interface BundleRead {
  readonly kind: 'BundleRead';
  readonly bundle: Bundle;
  readonly derived: Derived;
  readonly [checked]: true;
}

/** Checks of a well-shaped bundle all that needs no chain: its document, its signature, its path to its root. */
export function checkBundle(bundle: Bundle): BundleRead | BundleRefused {
  const problem = documentProblem(bundle.document);
  if (problem !== null) return refuseBundle('DOCUMENT_MALFORMED', `The document cannot be read: ${problem}.`);
  const derived = deriveCertificate(bundle);
  const refusal = signatureProblem(bundle, derived) ?? inclusionProblem(bundle, derived);
  if (refusal !== null) return refusal;
  const read: Omit<BundleRead, typeof checked> = { kind: 'BundleRead', bundle, derived };
  // The brand exists only in types: it keeps an unchecked bundle from being handed to decideVerdict.
  return read as BundleRead;
}

function signatureProblem(bundle: Bundle, { digest }: Derived): BundleRefused | null {
  const recovered = recoverSigner(digest, bundle.signature);
  if (recovered.kind === 'SignatureRefused') return refuseBundle(recovered.reason, recovered.message);
  if (recovered.address === bundle.signer) return null;
  const message = `The signature is not that of ${bundle.signer} over this content: something in it was changed.`;
  return refuseBundle('SIGNATURE_MISMATCH', `${message} Ask the issuer for the bundle again.`);
}

function inclusionProblem({ serial, inclusion }: Bundle, { leaf }: Derived): BundleRefused | null {
  if (inclusion === null) return null;
  const { firstSerial, index, count, path, root } = inclusion;
  if (firstSerial + index === serial && isMember({ leaf, index, count, path }, root)) return null;
  const message = `The inclusion does not lead from serial ${serial} at index ${index} of ${count} to its root.`;
  return refuseBundle('INCLUSION_MISMATCH', `${message} Ask the issuer for the bundle again.`);
}

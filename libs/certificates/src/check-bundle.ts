import {
  type Bundle,
  type BundleRefused,
  type Derived,
  deriveCertificate,
  questionOf,
  refuseBundle,
} from './bundle.js';
import { documentProblem } from './document.js';
import { historyProblem } from './history.js';
import type { BlockHeader } from './proof/header.js';
import { readProof } from './proof/state-proof.js';
import { storedFacts } from './proof/stored.js';
import { recoverSigner } from './signature.js';
import { isMember } from './tree.js';

declare const checked: unique symbol;

/** A bundle whose signature, inclusion path and state proof were recomputed; only `parseBundle` and `checkBundle` make one. */
export interface BundleRead {
  readonly kind: 'BundleRead';
  readonly bundle: Bundle;
  readonly derived: Derived;
  /** The block that its proof is of, to be compared with one that is trusted; null when it carries no proof. */
  readonly provenBlock: BlockHeader | null;
  readonly [checked]: true;
}

/** Checks of a well-shaped bundle all that needs no chain: its document, its signature, its path, its proof. */
export function checkBundle(bundle: Bundle): BundleRead | BundleRefused {
  const problem = documentProblem(bundle.document);
  if (problem !== null) return refuseBundle('DOCUMENT_MALFORMED', `The document cannot be read: ${problem}.`);
  const broken = historyProblem(bundle.document);
  if (broken !== null) return refuseBundle('HISTORY_BROKEN', `The history was rewritten: ${broken}.`);
  // Hashing is quick and recovering a key is not, so a proof that was tampered with is seen first.
  const proven = proofHeader(bundle);
  if (proven !== null && 'kind' in proven) return proven;
  const derived = deriveCertificate(bundle);
  const refusal = signatureProblem(bundle, derived) ?? inclusionProblem(bundle, derived);
  if (refusal !== null) return refusal;
  const read: Omit<BundleRead, typeof checked> = { kind: 'BundleRead', bundle, derived, provenBlock: proven };
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

/** The header of a proof that is whole and holds nothing but what this certificate needs. */
function proofHeader(bundle: Bundle): BlockHeader | BundleRefused | null {
  if (bundle.proof === null) return null;
  const proven = readProof(bundle.proof, bundle.contract, ({ header, word }) => {
    storedFacts(questionOf(bundle), word);
    return header;
  });
  return 'kind' in proven
    ? refuseBundle('PROOF_REFUSED', `${proven.message} Ask the issuer for the bundle again.`)
    : proven;
}

import { BUNDLE_FORMAT, type Bundle, deriveCertificate, type Inclusion } from './bundle.js';
import { checkBundle } from './check-bundle.js';
import type { CertificateDocument } from './document.js';
import { EncodingError, type Hex } from './hex.js';
import type { StateProof } from './proof/proof.types.js';
import { addressOfKey, signDigest } from './signature.js';
import { isMember, type PositionalTree, treePath } from './tree.js';
import type { TokenParts } from './token.js';
import type { Home } from './typed-data.js';

/** What the signer puts its name to. */
export interface CertificateToIssue {
  readonly home: Home;
  readonly token: TokenParts;
  readonly document: CertificateDocument;
  /** Address of the claim key. */
  readonly claimKey: Hex;
}

/** Signs a certificate and returns its bundle, not anchored yet; same input and key give the same bytes. */
export function issueCertificate(certificate: CertificateToIssue, signerKey: Hex): Bundle {
  const { home, token, document } = certificate;
  const unsigned = {
    chainId: home.chainId,
    contract: lower(home.contract),
    issuer: lower(token.issuer),
    edition: token.edition.toString(),
    serial: token.serial,
    document,
    claimKey: lower(certificate.claimKey),
  };
  const signature = signDigest(signerKey, deriveCertificate(unsigned).digest);
  const signer = addressOfKey(signerKey);
  return { format: BUNDLE_FORMAT, ...unsigned, signer, signature, inclusion: null, proof: null };
}

/**
 * Adds to a bundle its place in an anchored batch, whose tree was built over the leaves from `firstSerial` on; `time`
 * is the time of the anchor's block in seconds; throws EncodingError when the tree holds another leaf there.
 */
export function withInclusion(
  bundle: Bundle,
  tree: PositionalTree,
  batch: Pick<Inclusion, 'firstSerial' | 'time' | 'cosignUntil'>,
): Bundle {
  const { firstSerial, time, cosignUntil } = batch;
  const index = bundle.serial - firstSerial;
  const path = treePath(tree, index);
  const inclusion = { firstSerial, count: tree.count, time, cosignUntil, index, path, root: tree.root };
  const { leaf } = deriveCertificate(bundle);
  if (!isMember({ leaf, index, count: tree.count, path }, tree.root)) {
    throw new EncodingError(
      `The batch does not hold the certificate of serial ${bundle.serial} at index ${index}.`,
    );
  }
  return { ...bundle, inclusion };
}

/** Adds to a bundle the proof of what the contract stored of it at a final block; throws EncodingError when it is none. */
export function withProof(bundle: Bundle, proof: StateProof): Bundle {
  const proven = { ...bundle, proof };
  const checked = checkBundle(proven);
  if (checked.kind === 'BundleRefused')
    throw new EncodingError(`No bundle with this proof: ${checked.message}`);
  return proven;
}

function lower(hex: Hex): Hex {
  return hex.toLowerCase() as Hex;
}

import { BUNDLE_FORMAT, type Bundle, deriveCertificate, type Inclusion } from './bundle.js';
import type { CertificateDocument } from './document.js';
import { EncodingError, type Hex } from './hex.js';
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
  return { format: BUNDLE_FORMAT, ...unsigned, signer: addressOfKey(signerKey), signature, inclusion: null };
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

function lower(hex: Hex): Hex {
  return hex.toLowerCase() as Hex;
}

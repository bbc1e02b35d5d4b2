import { BUNDLE_FORMAT, type Bundle, type Derived, deriveCertificate, type Inclusion } from './bundle.js';
import { checkBundle } from './check-bundle.js';
import type { CertificateDocument } from './document.js';
import { EncodingError, type Hex } from './hex.js';
import type { StateProof } from './proof/proof.types.js';
import { signDigest, type SigningKey, signingKey } from './signature.js';
import { isMember, positionalTree, type PositionalTree, treePath } from './tree.js';
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

/** A signed certificate with the hashes that it is put into a batch by. */
export interface IssuedCertificate {
  readonly bundle: Bundle;
  readonly derived: Derived;
}

/** Signs a certificate and returns its bundle, not anchored yet; same input and key give the same bytes. */
export function issueCertificate(certificate: CertificateToIssue, signerKey: Hex): Bundle {
  return signedBundle(preparedOf(certificate), signingKey(signerKey)).bundle;
}

/** Signs many certificates by one prepared key; all are hashed before the first is signed, which is a third faster. */
export function issueCertificates(
  certificates: readonly CertificateToIssue[],
  signer: SigningKey,
): IssuedCertificate[] {
  return certificates.map(preparedOf).map((prepared) => signedBundle(prepared, signer));
}

type Unsigned = Omit<Bundle, 'format' | 'signer' | 'signature' | 'inclusion' | 'proof'>;

interface Prepared {
  readonly unsigned: Unsigned;
  readonly derived: Derived;
}

function preparedOf({ home, token, document, claimKey }: CertificateToIssue): Prepared {
  const unsigned = {
    chainId: home.chainId,
    contract: lower(home.contract),
    issuer: lower(token.issuer),
    edition: token.edition.toString(),
    serial: token.serial,
    document,
    claimKey: lower(claimKey),
  };
  return { unsigned, derived: deriveCertificate(unsigned) };
}

function signedBundle({ unsigned, derived }: Prepared, signer: SigningKey): IssuedCertificate {
  const signature = signDigest(signer.privateKey, derived.digest);
  const unanchored = { signer: signer.address, signature, inclusion: null, proof: null };
  return { bundle: { format: BUNDLE_FORMAT, ...unsigned, ...unanchored }, derived };
}

/**
 * Adds to each of the certificates, which are consecutive serials in order, its place in the batch that they form; `time`
 * is the time of the anchor's block in seconds; throws EncodingError when a serial is not the next one.
 */
export function includeBatch(certificates: readonly IssuedCertificate[], batch: Place): Bundle[] {
  const tree = positionalTree(certificates.map(({ derived }) => derived.leaf));
  return certificates.map(({ bundle }, index) => {
    const { serial } = bundle;
    if (serial !== batch.firstSerial + index)
      throw new EncodingError(
        `Got serial ${serial} at index ${index}, expected ${batch.firstSerial + index}.`,
      );
    return { ...bundle, inclusion: placeIn(tree, index, batch) };
  });
}

type Place = Pick<Inclusion, 'firstSerial' | 'time' | 'cosignUntil'>;

function placeIn(tree: PositionalTree, index: number, { firstSerial, time, cosignUntil }: Place): Inclusion {
  const path = treePath(tree, index);
  return { firstSerial, count: tree.count, time, cosignUntil, index, path, root: tree.root };
}

/**
 * Adds to a bundle its place in an anchored batch, whose tree was built over the leaves from `firstSerial` on; `time`
 * is the time of the anchor's block in seconds; throws EncodingError when the tree holds another leaf there.
 */
export function withInclusion(bundle: Bundle, tree: PositionalTree, batch: Place): Bundle {
  const index = bundle.serial - batch.firstSerial;
  const inclusion = placeIn(tree, index, batch);
  const { leaf } = deriveCertificate(bundle);
  if (!isMember({ leaf, index, count: tree.count, path: inclusion.path }, tree.root)) {
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

import {
  type CertificateDocument,
  type Hex,
  type Home,
  deriveCertificate,
  documentProblem,
  historyProblem,
  isDisclosed,
  isLowerHex,
  MAX_BUNDLE_BYTES,
  positionalTree,
  recoverSigner,
} from '@touchmark/certificates';
import type { EditionEvidence, PieceEvidence } from './evidence.repository.js';

// More than the rest of a bundle takes: its path in the largest batch and its state proof.
const ROOM_BESIDE_DOCUMENT = 96 * 1024;

/** What a batch claims to be, and what it must agree with. */
export interface BatchToJudge {
  readonly home: Home;
  readonly issuer: { readonly address: Hex };
  /** The keys of the issuer whose signatures count now. */
  readonly signers: readonly Hex[];
  /** The number of the edition on chain. */
  readonly edition: bigint;
  readonly editionId: string;
  readonly records: EditionEvidence;
  readonly firstSerial: number;
  readonly unitCount: number;
  readonly root: Hex;
  readonly pieces: readonly PieceEvidence[];
}

/** Derives every leaf again from the records; answers the first thing that differs, or null when nothing does. */
export function problemOfBatch(batch: BatchToJudge): string | null {
  const { pieces, firstSerial, unitCount, root, records } = batch;
  if (pieces.length !== unitCount)
    return `it has ${String(pieces.length)} certificates, expected ${String(unitCount)}`;
  if (firstSerial + unitCount - 1 > records.size)
    return `it ends above the size of the edition, ${String(records.size)}`;
  const leaves: Hex[] = [];
  for (const [place, piece] of pieces.entries()) {
    if (piece.serial !== firstSerial + place)
      return `serial ${String(piece.serial)} stands where ${String(firstSerial + place)} belongs`;
    const judged = judgePiece(batch, piece);
    if ('problem' in judged) return `serial ${String(piece.serial)}: ${judged.problem}`;
    leaves.push(judged.leaf);
  }
  return positionalTree(leaves).root === root ? null : 'its root is not the root of its certificates';
}

type Judged = { readonly leaf: Hex } | { readonly problem: string };

function judgePiece(batch: BatchToJudge, piece: PieceEvidence): Judged {
  const problem = problemOfRecords(batch, piece);
  if (problem !== null) return { problem };
  const document = readDocument(piece.document);
  if (document === null) return { problem: 'its document cannot be read' };
  // What every verifier would refuse must not be anchored: the piece could then never be genuine.
  if (Buffer.byteLength(piece.document) > MAX_BUNDLE_BYTES - ROOM_BESIDE_DOCUMENT)
    return { problem: 'its document is too large for a bundle' };
  const broken = historyProblem(document);
  if (broken !== null) return { problem: `its history is not the one that its head states: ${broken}` };
  if (!isLowerHex(piece.claimKey, 20)) return { problem: 'its claim key is no address' };
  const { home, issuer, signers, edition, records } = batch;
  const derived = deriveCertificate({
    ...home,
    issuer: issuer.address,
    edition: edition.toString(),
    serial: piece.serial,
    document,
    claimKey: piece.claimKey,
  });
  if (derived.tokenId.toString() !== piece.tokenId) return { problem: 'its token id is another' };
  if (derived.documentRoot !== piece.documentRoot) return { problem: 'its document was changed' };
  if (derived.digest !== piece.digest) return { problem: 'its digest is another' };
  if (derived.leaf !== piece.leaf) return { problem: 'its leaf is another' };
  const recovered = recoverSigner(derived.digest, piece.signature);
  if (recovered.kind !== 'SignerRecovered' || !signers.includes(recovered.address))
    return { problem: "it is not signed by the issuer's signer" };
  const says = new Map(document.filter(isDisclosed).map(({ path, value }) => [path, value]));
  if (says.get('what.serial') !== piece.serial || says.get('what.gtin') !== records.gtin)
    return { problem: 'its document names another piece' };
  if (says.get('when.passed') !== piece.recordedAt?.toISOString())
    return { problem: 'its document names another inspection' };
  return { leaf: derived.leaf };
}

function problemOfRecords(batch: BatchToJudge, piece: PieceEvidence): string | null {
  if (piece.outcome !== 'passed') return 'no quality record says that its unit passed';
  if (piece.unitState !== 'passed' && piece.unitState !== 'handed_over') return 'its unit has not passed';
  if (piece.unitSerial !== piece.serial) return 'its unit has another serial';
  if (piece.unitEditionId !== batch.editionId) return 'its unit is of another edition';
  return null;
}

function readDocument(text: string): CertificateDocument | null {
  try {
    const fields = JSON.parse(text) as CertificateDocument;
    return Array.isArray(fields) && documentProblem(fields) === null ? fields : null;
  } catch {
    return null;
  }
}

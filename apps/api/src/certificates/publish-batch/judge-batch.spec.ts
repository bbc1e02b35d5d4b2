import { describe, expect, it } from '@jest/globals';
import {
  addressOfKey,
  canonicalJson,
  type CertificateDocument,
  deriveCertificate,
  eventPath,
  HISTORY_HEAD,
  type Hex,
  issueCertificate,
  type JsonValue,
  makeDocument,
  positionalTree,
  withHistoryHead,
  withhold,
} from '@touchmark/certificates';
import type { PieceEvidence } from './evidence.repository.js';
import { type BatchToJudge, problemOfBatch } from './judge-batch.js';

const word = (digits: string): Hex => `0x${digits.repeat(32)}`;
const address = (digits: string): Hex => `0x${digits.repeat(20)}`;
const [home, issuer, edition] = [{ chainId: 31337, contract: address('aa') }, address('bb'), 7n];
const signerKey = word('11');
const recordedAt = new Date('2026-11-20T10:00:00Z');
const gtin = '04006381333931';

const said: Record<string, JsonValue> = {
  [eventPath(1)]: { at: '2026-11-20T09:00:00.000Z', kind: 'operation', text: 'print' },
  [eventPath(2)]: { at: '2026-11-20T10:00:00.000Z', kind: 'quality', text: 'Inspection passed' },
  'what.gtin': gtin,
  'what.serial': 1,
  'when.passed': recordedAt.toISOString(),
};
const fieldsOf = (values: Record<string, JsonValue>) =>
  Object.entries(values).map(([path, value]) => ({ path, salt: word('22'), value }));
const headed = (values: Record<string, JsonValue>): CertificateDocument =>
  makeDocument(withHistoryHead(fieldsOf(values), word('33')));

/** A batch of one piece with this document, signed by the issuer's own signer and true to the records in all else. */
function batchOf(document: CertificateDocument): BatchToJudge {
  const claimKey = address('cc');
  const bundle = issueCertificate(
    { home, token: { issuer, edition, serial: 1 }, document, claimKey },
    signerKey,
  );
  const { tokenId, documentRoot, digest, leaf } = deriveCertificate(bundle);
  const piece: PieceEvidence = {
    ...{ serial: 1, tokenId: tokenId.toString(), documentRoot, claimKey, digest, leaf },
    document: canonicalJson(document.map((field) => ({ ...field }))),
    ...{ signer: bundle.signer, signature: bundle.signature, unitState: 'passed', unitSerial: 1 },
    ...{ unitEditionId: 'edition', outcome: 'passed', recordedAt },
  };
  return {
    ...{
      home,
      issuer: { address: issuer },
      signers: [addressOfKey(signerKey)],
      edition,
      editionId: 'edition',
    },
    records: { workId: 'work', size: 5, gtin, cosignDays: 0 },
    ...{ firstSerial: 1, unitCount: 1, root: positionalTree([leaf]).root, pieces: [piece] },
  };
}

describe('the publisher', () => {
  it('signs for pieces that are as their records say, with any event withheld too', () => {
    expect(problemOfBatch(batchOf(headed(said)))).toBeNull();
    expect(problemOfBatch(batchOf(withhold(headed(said), [eventPath(1)])))).toBeNull();
    expect(problemOfBatch(batchOf(makeDocument(fieldsOf(said))))).toBeNull();
  });

  it('does not sign for a piece whose history every verifier would refuse, though the signer signed it', () => {
    const [stated, others] = [headed(said), headed({ ...said, [eventPath(3)]: { kind: 'note' } })];
    const swapped = others.map(
      (field) => stated.find(({ path }) => path === HISTORY_HEAD && path === field.path) ?? field,
    );
    expect(problemOfBatch(batchOf(swapped))).toContain(
      'serial 1: its history is not the one that its head states',
    );
  });

  it('does not sign for a piece whose bundle would be too large to be read', () => {
    const long = Object.fromEntries(
      Array.from({ length: 700 }, (_, place): [string, JsonValue] => [eventPath(place + 1), 'x'.repeat(200)]),
    );
    expect(problemOfBatch(batchOf(headed({ ...said, ...long })))).toBe(
      'serial 1: its document is too large for a bundle',
    );
  });
});

// A small edition with published test keys, for the specs of this library; it is not part of the package.
import type { Bundle } from './bundle.js';
import type { JsonValue } from './canonical-json.js';
import { type CertificateDocument, makeDocument } from './document.js';
import { type Hex, keccak, toHex, utf8 } from './hex.js';
import { eventPath, HISTORY_HEAD, withHistoryHead } from './history.js';
import { issueCertificate, withInclusion } from './issue.js';
import { makerPath } from './made-by.js';
import { deriveCertificate } from './bundle.js';
import { addressOfKey } from './signature.js';
import { editionId } from './token.js';
import { positionalTree } from './tree.js';

/** 32 bytes that depend on a label alone, for salts, keys and names. */
export const bytesOf = (label: string): Hex => toHex(keccak(utf8(label)));

export const signerKey = bytesOf('signer');
export const home = { chainId: 31337, contract: addressOfKey(bytesOf('contract')) };
export const issuer = addressOfKey(bytesOf('issuer'));
export const edition = editionId(issuer, bytesOf('work'), bytesOf('run'));
export const batchTime = 1_795_000_000;

const photo = { sha256: bytesOf('photo').slice(2), type: 'image/jpeg' };

/** What the document of one piece says, but for the head of its history. */
export const sampleValues = (serial: number): Record<string, JsonValue> => ({
  [eventPath(1)]: {
    at: '2026-11-20T09:00:00.000Z',
    kind: 'operation',
    operation: 'print',
    station: 'Riso 2',
    text: 'print',
    until: '2026-11-20T09:35:00.000Z',
  },
  [eventPath(2)]: { at: '2026-11-20T09:40:00.000Z', kind: 'photo', photo, text: 'The second colour' },
  [eventPath(3)]: {
    at: '2026-11-20T10:00:00.000Z',
    kind: 'quality',
    result: 'passed',
    text: 'Inspection passed',
  },
  'what.serial': serial,
  'what.work': 'Harbour at night',
  'who.coop': 'Riso & Sons "Zürich"',
  [makerPath(1)]: { kind: 'name', name: 'A printer', share: 6_667 },
  [makerPath(2)]: { kind: 'pseudonym', name: 'Maker 3', share: 3_333 },
});

/** The document of one piece, or of one that says something else. */
export function sampleDocument(serial: number, values = sampleValues(serial)): CertificateDocument {
  const salt = (path: string): Hex => bytesOf(`${path} ${serial}`);
  const fields = Object.entries(values).map(([path, value]) => ({ path, salt: salt(path), value }));
  return makeDocument(withHistoryHead(fields, salt(HISTORY_HEAD)));
}

/** A signed certificate that is not anchored. */
export function sampleUnanchored(serial: number, document = sampleDocument(serial), key = signerKey): Bundle {
  const claimKey = addressOfKey(bytesOf(`claim ${serial}`));
  return issueCertificate({ home, token: { issuer, edition, serial }, document, claimKey }, key);
}

/** A certificate with its place in a batch of five from serial 1 on. */
export function sampleAnchored(serial: number, document = sampleDocument(serial)): Bundle {
  const leaves = [1, 2, 3, 4, 5].map((place) => deriveCertificate(sampleUnanchored(place)).leaf);
  const batch = { firstSerial: 1, time: batchTime, cosignUntil: batchTime + 86_400 };
  return withInclusion(sampleUnanchored(serial, document), positionalTree(leaves), batch);
}

// A small edition with published test keys, for the specs of this library; it is not part of the package.
import type { Bundle } from './bundle.js';
import { type CertificateDocument, makeDocument } from './document.js';
import { type Hex, keccak, toHex, utf8 } from './hex.js';
import { issueCertificate, withInclusion } from './issue.js';
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

/** The document of one piece. */
export function sampleDocument(serial: number): CertificateDocument {
  const values = {
    'how.operations': [{ kind: 'print', minutes: 35 }],
    'what.serial': serial,
    'what.work': 'Harbour at night',
    'who.coop': 'Riso & Sons "Zürich"',
  };
  return makeDocument(
    Object.entries(values).map(([path, value]) => ({ path, salt: bytesOf(`${path} ${serial}`), value })),
  );
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

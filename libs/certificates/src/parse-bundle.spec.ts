import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bundleText, deriveCertificate, MAX_BUNDLE_BYTES } from './bundle.js';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { withhold } from './document.js';
import { utf8 } from './hex.js';
import { withInclusion } from './issue.js';
import { parseBundle } from './parse-bundle.js';
import { REASONS } from './reasons.js';
import {
  batchTime,
  bytesOf,
  sampleAnchored,
  sampleDocument,
  sampleUnanchored,
} from './sample-certificate.js';
import { positionalTree } from './tree.js';

const good = bundleText(sampleAnchored(2));
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

type Members = Record<string, JsonValue>;
const members = (): Members => JSON.parse(good) as Members;
const inclusion = (): Members => members()['inclusion'] as Members;

/** A canonical bundle with some members set to something else; undefined takes one out. */
function changed(changes: Record<string, JsonValue | undefined>): string {
  const all = Object.entries({ ...members(), ...changes }).filter(([, value]) => value !== undefined);
  return canonicalJson(Object.fromEntries(all) as Members);
}

function highS(signature: string): string {
  const s = (ORDER - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, '0');
  return `${signature.slice(0, 66)}${s}${signature.endsWith('1b') ? '1c' : '1b'}`;
}

describe('a bundle', () => {
  it.each([
    ['anchored', sampleAnchored(2)],
    ['not anchored', sampleUnanchored(7)],
    ['with fields withheld', sampleAnchored(5, withhold(sampleDocument(5), ['who.coop', 'what.work']))],
  ])('reads back as it was written: %s', (_name, bundle) => {
    const expected = { kind: 'BundleRead', bundle, derived: deriveCertificate(bundle), provenBlock: null };
    expect(parseBundle(bundleText(bundle))).toEqual(expected);
    expect(parseBundle(utf8(bundleText(bundle)))).toEqual(expected);
  });

  it('is the same bytes when it is issued again', () => {
    expect(bundleText(sampleUnanchored(3))).toBe(bundleText(sampleUnanchored(3)));
  });

  it('gets no inclusion from a batch that holds another certificate at its place', () => {
    const tree = positionalTree([bytesOf('other'), deriveCertificate(sampleUnanchored(1)).leaf]);
    const batch = { firstSerial: 1, time: batchTime, cosignUntil: 0 };
    expect(() => withInclusion(sampleUnanchored(1), tree, batch)).toThrow(
      'does not hold the certificate of serial 1',
    );
    expect(() => withInclusion(sampleUnanchored(3), tree, batch)).toThrow('expected 0 to 1');
  });
});

describe('reading a bundle', () => {
  it.each<[keyof typeof REASONS, string, string | Uint8Array]>([
    ['INPUT_EMPTY', 'nothing', ''],
    ['INPUT_EMPTY', 'no bytes', new Uint8Array()],
    ['INPUT_EMPTY', 'spaces', ' \n'],
    ['INPUT_NOT_JSON', 'a page', '<html></html>'],
    ['INPUT_NOT_JSON', 'half a bundle', good.slice(0, 200)],
    ['INPUT_NOT_JSON', 'a byte order mark', `\ufeff${good}`],
    ['INPUT_NOT_UTF8', 'broken UTF-8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['INPUT_NOT_UTF8', 'half a surrogate pair', '"\ud800"'],
    ['INPUT_TOO_LARGE', '5 MB', 'x'.repeat(5_000_000)],
    ['INPUT_TOO_LARGE', 'one byte too many', new Uint8Array(MAX_BUNDLE_BYTES + 1)],
    ['INPUT_TOO_LARGE', 'few characters of many bytes', `"${'\u20ac'.repeat(MAX_BUNDLE_BYTES / 3)}"`],
    ['OUT_OF_RANGE', '100,000 nested lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['OUT_OF_RANGE', 'an escaped half of a surrogate pair', '{"a":"\\ud800"}'],
    ['OUT_OF_RANGE', 'a fraction', '{"chainId":1.5}'],
    ['NOT_CANONICAL', 'a trailing line end', `${good}\n`],
    ['NOT_CANONICAL', 'indentation', JSON.stringify(JSON.parse(good), null, 2)],
    ['NOT_CANONICAL', 'a doubled key', good.replace('{"chainId"', '{"chainId":1,"chainId"')],
    ['NOT_CANONICAL', 'an escaped letter', good.replace('"who.coop"', '"\\u0077ho.coop"')],
    ['NOT_CANONICAL', 'another spelling of a number', good.replace(':31337,', ':3.1337e4,')],
    ['NOT_CANONICAL', 'other key order', JSON.stringify({ signer: 1, chainId: 2 })],
    ['UNKNOWN_FORMAT', 'a later version', changed({ format: 'touchmark.certificate/2', extra: 1 })],
    ['UNKNOWN_KEY', 'a key too many', changed({ extra: 1 })],
    ['UNKNOWN_KEY', 'a prototype', changed({ __proto: 1 })],
    [
      'UNKNOWN_KEY',
      'a key too many in a field',
      changed({ document: [{ path: 'a', salt: bytesOf('a'), value: 1, note: 1 }] }),
    ],
    [
      'UNKNOWN_KEY',
      'a field shown and withheld',
      changed({ document: [{ path: 'a', value: 1, valueHash: bytesOf('a') }] }),
    ],
    ['UNKNOWN_KEY', 'a key too many in the inclusion', changed({ inclusion: { ...inclusion(), block: 1 } })],
    ['MISSING_KEY', 'a key too few', changed({ signer: undefined })],
    ['MISSING_KEY', 'no format', changed({ format: undefined })],
    ['WRONG_TYPE', 'a list', '[]'],
    ['WRONG_TYPE', 'null', 'null'],
    ['WRONG_TYPE', 'a text', '"bundle"'],
    ['WRONG_TYPE', 'a serial in quotes', changed({ serial: '2' })],
    ['WRONG_TYPE', 'an edition as a number', changed({ edition: 2 })],
    ['WRONG_TYPE', 'a document that is no list', changed({ document: {} })],
    ['WRONG_TYPE', 'a field that is null', changed({ document: [null] })],
    ['WRONG_TYPE', 'a format that is a number', changed({ format: 1 })],
    ['WRONG_TYPE', 'an inclusion that is a list', changed({ inclusion: [] })],
    ['OUT_OF_RANGE', 'serial 0', changed({ serial: 0 })],
    ['OUT_OF_RANGE', 'a serial of 33 bits', changed({ serial: 2 ** 32 })],
    ['OUT_OF_RANGE', 'an edition of 65 bits', changed({ edition: (1n << 64n).toString() })],
    ['OUT_OF_RANGE', 'an edition with a leading zero', changed({ edition: '01' })],
    ['OUT_OF_RANGE', 'an issuer in upper case', changed({ issuer: `0x${'AB'.repeat(20)}` })],
    ['OUT_OF_RANGE', 'a short contract', changed({ contract: '0x00' })],
    [
      'OUT_OF_RANGE',
      'a path that is too long',
      changed({ inclusion: { ...inclusion(), path: Array<string>(33).fill(bytesOf('a')) } }),
    ],
    ['DOCUMENT_MALFORMED', 'no field', changed({ document: [] })],
    [
      'DOCUMENT_MALFORMED',
      'fields out of order',
      changed({ document: [...(members()['document'] as JsonValue[])].reverse() }),
    ],
    ['SIGNATURE_HIGH_S', 'the malleable twin', changed({ signature: highS(sampleAnchored(2).signature) })],
    ['SIGNATURE_MALFORMED', 'a signature of zeros', changed({ signature: `0x${'00'.repeat(65)}` })],
    ['SIGNATURE_MISMATCH', 'another chain', changed({ chainId: 1 })],
    ['SIGNATURE_MISMATCH', 'another contract', changed({ contract: `0x${'11'.repeat(20)}` })],
    ['SIGNATURE_MISMATCH', 'another issuer', changed({ issuer: `0x${'11'.repeat(20)}` })],
    ['SIGNATURE_MISMATCH', 'another serial', changed({ serial: 3 })],
    ['SIGNATURE_MISMATCH', 'another claim key', changed({ claimKey: `0x${'11'.repeat(20)}` })],
    [
      'SIGNATURE_MISMATCH',
      'another document',
      changed({ document: sampleDocument(3) as unknown as JsonValue }),
    ],
    [
      'SIGNATURE_MISMATCH',
      'one field fewer',
      changed({ document: (members()['document'] as JsonValue[]).slice(0, -1) }),
    ],
    [
      'HISTORY_BROKEN',
      'one event fewer',
      changed({ document: (members()['document'] as JsonValue[]).slice(1) }),
    ],
    ['INCLUSION_MISMATCH', 'another root', changed({ inclusion: { ...inclusion(), root: bytesOf('root') } })],
    ['INCLUSION_MISMATCH', 'another index', changed({ inclusion: { ...inclusion(), index: 2 } })],
    [
      'INCLUSION_MISMATCH',
      'another first serial',
      changed({ inclusion: { ...inclusion(), firstSerial: 2 } }),
    ],
    ['INCLUSION_MISMATCH', 'a path that is too short', changed({ inclusion: { ...inclusion(), path: [] } })],
    [
      'INCLUSION_MISMATCH',
      'a count below the index',
      changed({ inclusion: { ...inclusion(), count: 1, path: [] } }),
    ],
  ])('refuses with %s: %s', (reason, _name, input) => {
    const refused = parseBundle(input);
    expect(refused).toMatchObject({ kind: 'BundleRefused', reason, code: REASONS[reason] });
  });

  it('answers any bytes and any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json(), fc.string({ unit: 'binary' })), (input) => {
        expect(parseBundle(input).kind).toBe('BundleRefused');
      }),
    );
  });

  it('answers a bundle in which any member is any other JSON, and never throws', () => {
    const key = fc.constantFrom(...Object.keys(members()));
    // Without its inclusion it is the same certificate before the anchoring.
    const readable = [good, bundleText(sampleUnanchored(2))];
    fc.assert(
      fc.property(key, fc.jsonValue(), (member, value) => {
        const text = JSON.stringify({ ...members(), [member]: value });
        expect(parseBundle(text).kind).toBe(readable.includes(text) ? 'BundleRead' : 'BundleRefused');
      }),
    );
  });
});

describe('the reason codes', () => {
  it('are all different and keep the numbers they were published with', () => {
    const codes = Object.values(REASONS);
    expect(new Set(codes).size).toBe(codes.length);
    const published = [
      REASONS.DOCUMENT_SIGNED,
      REASONS.SIGNATURE_MISMATCH,
      REASONS.ISSUER_PINNED,
      REASONS.SIGNER_CURRENT,
    ];
    const decisive = [
      REASONS.ANCHORED,
      REASONS.SERIAL_IN_EDITION,
      REASONS.STATUS_IN_FORCE,
      REASONS.STATUS_REVOKED,
    ];
    expect([...published, ...decisive]).toEqual([100, 114, 200, 300, 400, 500, 600, 602]);
  });
});

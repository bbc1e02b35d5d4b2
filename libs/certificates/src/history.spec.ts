import { describe, expect, it } from '@jest/globals';
import { keccak256, toHex as viemHex } from 'viem';
import { bundleText } from './bundle.js';
import type { JsonValue } from './canonical-json.js';
import {
  type CertificateDocument,
  type Field,
  isDisclosed,
  makeDocument,
  valueHash,
  withhold,
} from './document.js';
import type { Hex } from './hex.js';
import { eventPath, HISTORY_HEAD, historyHead, historyProblem, withHistoryHead } from './history.js';
import { issueCertificate, withInclusion } from './issue.js';
import { parseBundle } from './parse-bundle.js';
import { deriveCertificate } from './bundle.js';
import {
  batchTime,
  bytesOf,
  home,
  issuer,
  edition,
  sampleAnchored,
  sampleDocument,
  sampleUnanchored,
  signerKey,
} from './sample-certificate.js';
import { addressOfKey } from './signature.js';
import { batchCommitment, positionalTree } from './tree.js';
import { decideVerdict } from './verdict/decide-verdict.js';
import { finalFacts, judge, pinned } from './verdict/sample-facts.js';

const document = sampleDocument(2);
const events = document.filter(({ path }) => path.startsWith('how.events.'));
const others = document.filter(({ path }) => !path.startsWith('how.events.'));
const at = (path: string, field: Field | undefined): Field => ({
  ...(field ?? { salt: '0x', value: 0 }),
  path,
});
const [first, second, third] = events;
const invented: JsonValue = { at: '2026-11-20T09:50:00.000Z', kind: 'note', text: 'Signed by the artist' };
const fresh = (path: string): Field => ({ path, salt: bytesOf('fresh'), value: invented });

/** What somebody might turn the history into, leaving the head that was signed. */
const REWRITTEN: [string, Field[]][] = [
  ['an event rewritten', [at(eventPath(1), first), fresh(eventPath(2)), at(eventPath(3), third)]],
  ['an event salted anew', [{ ...at(eventPath(1), first), salt: bytesOf('fresh') }, ...events.slice(1)]],
  ['its last event dropped', events.slice(0, 2)],
  ['an event dropped and a gap left', [at(eventPath(1), first), at(eventPath(3), third)]],
  ['an event dropped and the gap closed', [at(eventPath(1), first), at(eventPath(2), third)]],
  ['all events dropped', []],
  [
    'two events in the other order',
    [at(eventPath(1), second), at(eventPath(2), first), at(eventPath(3), third)],
  ],
  ['an event inserted', [...events.slice(0, 2), fresh(eventPath(3)), at(eventPath(4), third)]],
  ['an event added at the end', [...events, fresh(eventPath(4))]],
  ['an event before the first place', [...events, fresh('how.events.0000')]],
  ['an event under a path of another length', [...events, fresh('how.events.00025')]],
];

/** Places under which an event is no part of the history that pages show, were it taken for one. */
const MISNUMBERED = [
  ...['1', '001', '00001', '1e0', '+001', '0x01', '0001.0', ' 0001', '0001 ', ''],
  ...['\uff10\uff10\uff10\uff14', '0004', '0005', '4', '9999', '10000', '99999'],
].map((place) => `how.events.${place}`);

/** The same content signed anew by the signing key itself and anchored, as only the issuer could. */
function issuedAnew(rewritten: CertificateDocument) {
  const claimKey = addressOfKey(bytesOf('claim 2'));
  const signed = issueCertificate(
    { home, token: { issuer, edition, serial: 2 }, document: rewritten, claimKey },
    signerKey,
  );
  const leaves = [1, 2, 3, 4, 5].map(
    (serial) => deriveCertificate(serial === 2 ? signed : sampleUnanchored(serial)).leaf,
  );
  const batch = { firstSerial: 1, time: batchTime, cosignUntil: 0 };
  return withInclusion(signed, positionalTree(leaves), batch);
}

describe('the head of a history', () => {
  it('is the chain of the value hashes by an independent hash', () => {
    const hashes = events.map(valueHash);
    const expected = hashes.reduce<Hex>(
      (head, hash) => keccak256(`0x04${head.slice(2)}${hash.slice(2)}`),
      viemHex(0, { size: 32 }),
    );
    expect(historyHead(hashes)).toBe(expected);
    expect(document.find(({ path }) => path === HISTORY_HEAD)).toMatchObject({ value: expected });
    expect(historyHead([])).toBe(`0x${'00'.repeat(32)}`);
  });

  it('is of the events by their places, in whatever order they came, and of no history with a gap', () => {
    const salt = bytesOf('head');
    const headOf = (fields: Field[]): unknown =>
      withHistoryHead(fields, salt).find(({ path }) => path === HISTORY_HEAD);
    expect(headOf([...events].reverse())).toEqual(headOf(events));
    expect(() => withHistoryHead(events.slice(1), salt)).toThrow('"how.events.0002" stands at place 1');
  });
});

describe('a certificate with a history', () => {
  it('is GENUINE with any of its events withheld, one or all', () => {
    const paths = events.map(({ path }) => path);
    for (const hidden of [...paths.map((path) => [path]), paths]) {
      const shown = withhold(document, hidden);
      expect(historyProblem(shown)).toBeNull();
      expect(judge(sampleAnchored(2, shown)).verdict).toBe('GENUINE');
    }
  });

  it('says nothing of its history that could be wrong when the head is withheld, and names it', () => {
    const verdict = judge(sampleAnchored(2, withhold(document, [HISTORY_HEAD])));
    expect(verdict.verdict).toBe('GENUINE');
    expect(verdict.notProven).toContain(`What the withheld fields say: "${HISTORY_HEAD}".`);
  });

  it.each(REWRITTEN)('is never GENUINE with %s', (_name, history) => {
    const bundle = { ...sampleAnchored(2), document: makeDocument([...others, ...history]) };
    expect(judge(bundle)).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { document: { state: 'INVALID', reason: 'HISTORY_BROKEN', code: 118 } },
    });
  });

  it.each(REWRITTEN)(
    'is never GENUINE with %s, not even when the issuer signs and anchors that',
    (_name, history) => {
      const bundle = issuedAnew(makeDocument([...others, ...history]));
      const chainFacts = {
        ...finalFacts,
        batchCommitment: bundle.inclusion && batchCommitment(bundle.inclusion),
      };
      const { verdict, axes } = decideVerdict({
        bundle: parseBundle(bundleText(bundle)),
        chainFacts,
        trust: pinned,
      });
      expect([verdict, axes.document.reason]).toEqual(['NOT_GENUINE', 'HISTORY_BROKEN']);
    },
  );

  it.each(REWRITTEN)(
    'is never GENUINE with %s and the head made to fit, since another was signed',
    (_name, history) => {
      const open = history.map((field, place) => ({ ...field, path: eventPath(place + 1) }));
      const head = document.filter(isDisclosed).find(({ path }) => path === HISTORY_HEAD);
      const rest = others.filter(({ path }) => path !== HISTORY_HEAD);
      const fields = withHistoryHead([...rest, ...open], head?.salt ?? '0x');
      expect(judge({ ...sampleAnchored(2), document: makeDocument(fields) })).toMatchObject({
        verdict: 'NOT_GENUINE',
        axes: { document: { state: 'INVALID', reason: 'SIGNATURE_MISMATCH' } },
      });
    },
  );

  it.each(MISNUMBERED)('is never GENUINE with one event more, under "%s", whoever signed that', (path) => {
    const bundle = issuedAnew(makeDocument([...document, fresh(path)]));
    expect(judge(bundle)).toMatchObject({
      verdict: 'NOT_GENUINE',
      axes: { document: { reason: 'HISTORY_BROKEN' } },
    });
    const [hidden] = withhold([fresh(path)], [path]);
    const alsoHidden = issuedAnew(makeDocument([...document, ...(hidden ? [hidden] : [])]));
    expect(judge(alsoHidden).axes.document.reason).toBe('HISTORY_BROKEN');
  });

  it.each([eventPath(2), HISTORY_HEAD])('is never GENUINE with "%s" twice', (path) => {
    const twice = document.flatMap((field) => (field.path === path ? [field, field] : [field]));
    expect(judge({ ...sampleAnchored(2), document: twice }).axes.document).toMatchObject({
      state: 'INVALID',
      reason: 'DOCUMENT_MALFORMED',
    });
  });

  it('is never GENUINE with a head put in place of a withheld one', () => {
    const open = (value: JsonValue): CertificateDocument =>
      document.map((field) =>
        field.path === HISTORY_HEAD ? { path: field.path, salt: bytesOf('another'), value } : field,
      );
    for (const value of [historyHead(events.map(valueHash)), historyHead([])])
      expect(judge({ ...sampleAnchored(2), document: open(value) }).verdict).toBe('NOT_GENUINE');
  });

  it.each<[string, JsonValue]>([
    ['no text', 7],
    ['another spelling', historyHead(events.map(valueHash)).toUpperCase()],
    ['the head before the last event', historyHead(events.slice(0, 2).map(valueHash))],
  ])('is never GENUINE when the head it was signed with is %s', (_name, value) => {
    const rest = document.filter(({ path }) => path !== HISTORY_HEAD);
    const bundle = issuedAnew(makeDocument([...rest, { path: HISTORY_HEAD, salt: bytesOf('head'), value }]));
    expect(judge(bundle).axes.document.reason).toBe('HISTORY_BROKEN');
  });

  it('is as good as ever without a head, as older ones are', () => {
    expect(historyProblem(document.filter(({ path }) => path !== HISTORY_HEAD))).toBeNull();
  });
});

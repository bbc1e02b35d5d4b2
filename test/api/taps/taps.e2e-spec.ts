import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKS } from '../../../apps/api/src/taps/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { tally } from '../../support/builders/production.js';
import {
  TestTag,
  aSession,
  certifiedPieces,
  presented,
  registered,
  retired,
  stateOf,
  type TapCode,
  type TestPieces,
} from '../../support/builders/taps.js';

const VERDICT = `query ($input: VerifyInput!) { verify(input: $input) { word tap { state words shownAt }
  axes { axis finding reasonCode reasonName reason source } proven notProven } }`;

interface Verdict {
  readonly word: string;
  readonly tap: { readonly state: string } | null;
  readonly axes: readonly {
    axis: string;
    finding: string;
    reasonCode: number;
    reason: string;
    source: string;
  }[];
  readonly proven: readonly string[];
}

describe('a tap', () => {
  let app: TestApp;
  let coop: TestCoop;
  let pieces: TestPieces;
  let nextSerial = 1;

  beforeAll(async () => {
    app = await startTestApp({ env: { TAPS_PER_MINUTE: '100000', CHECKS_PER_MINUTE: '100000' } });
    coop = await aCoop(app);
    pieces = await certifiedPieces(app, coop, 13);
  });
  afterAll(async () => {
    await app.stop();
  });

  /** A piece with a tag of its own. */
  async function taggedPiece(): Promise<{
    piece: { gtin: string; serial: number };
    tag: TestTag;
    tagId: string;
  }> {
    const piece = { gtin: pieces.gtin, serial: nextSerial };
    nextSerial += 1;
    const tag = new TestTag(app, coop.coopId);
    const answer = await registered(app, pieces.operator, { coopId: coop.coopId, ...piece, uid: tag.uid });
    expect(answer.__typename).toBe('TagRegistered');
    return { piece, tag, tagId: answer.tag?.id ?? '' };
  }

  const verdictOf = async (
    piece: { gtin: string; serial: number },
    tap?: TapCode & { session?: string },
  ): Promise<Verdict> => (await app.gql<{ verify: Verdict }>(VERDICT, { input: { ...piece, tap } })).verify;
  const tapAxis = ({ axes }: Verdict) => axes.find(({ axis }) => axis === 'tap');
  const counterOf = async (tagId: string): Promise<number | undefined> => {
    const [row] = await app.database.query<{ last_counter: number }>(
      'select last_counter from nfc_tag where id = $1',
      [tagId],
    );
    return row?.last_counter;
  };

  it('is fresh to one of twenty sessions that present one code at once, and used for the others', async () => {
    const { piece, tag } = await taggedPiece();
    const code = tag.code(7);
    const answers = await Promise.all(Array.from({ length: 20 }, () => presented(app, piece, code)));
    const states = answers.map(({ tap }) => ({ __typename: tap?.state ?? 'none' }));
    expect(tally(states)).toEqual({ FRESH: 1, USED: 19 });
  });

  it('stays fresh to its own session, asked twenty times at once and again', async () => {
    const { piece, tag } = await taggedPiece();
    const [code, session] = [tag.code(1), aSession()];
    const states = await Promise.all(Array.from({ length: 20 }, () => stateOf(app, piece, code, session)));
    expect(new Set(states)).toEqual(new Set(['FRESH']));
    expect(await stateOf(app, piece, code, session)).toBe('FRESH');
  });

  it('is used for whoever copied its link, with the time at which it was shown', async () => {
    const { piece, tag } = await taggedPiece();
    const code = tag.code(3);
    const first = await presented(app, piece, code);
    expect(first.tap).toMatchObject({ state: 'FRESH', shownAt: expect.stringMatching(/^2026-/) });
    const copied = await presented(app, piece, code);
    expect(copied.tap).toMatchObject({ state: 'USED', shownAt: first.tap?.shownAt });
    expect(copied.tap?.words).toContain(first.tap?.shownAt?.slice(0, 10));
  });

  it('is stale once a newer tap was presented, also one that was stored and never shown', async () => {
    const { piece, tag } = await taggedPiece();
    const stored = [tag.code(4), tag.code(5), tag.code(6)];
    const session = aSession();
    expect(await stateOf(app, piece, tag.code(3), session)).toBe('FRESH');
    expect(await stateOf(app, piece, tag.code(7))).toBe('FRESH');
    for (const code of stored) expect(await stateOf(app, piece, code)).toBe('STALE');
    expect(await stateOf(app, piece, tag.code(3), session)).toBe('STALE');
    expect(await stateOf(app, piece, tag.code(3))).toBe('USED');
  });

  it('is not spent by looking at it, however often, and informs the verdict without deciding it', async () => {
    const { piece, tag, tagId } = await taggedPiece();
    const [code, session] = [tag.code(9), aSession()];
    const without = await verdictOf(piece);
    expect(tapAxis(without)).toMatchObject({ finding: 'NOT_CHECKED', reasonCode: 890 });
    expect(without.tap).toBeNull();
    for (let look = 0; look < 5; look += 1) {
      const seen = await verdictOf(piece, { ...code, session: aSession() });
      expect(seen.tap?.state).toBe('UNSHOWN');
      expect(tapAxis(seen)).toMatchObject({ finding: 'NOT_CHECKED', reasonCode: 891 });
    }
    expect(await counterOf(tagId)).toBe(0);
    expect(await stateOf(app, piece, code, session)).toBe('FRESH');
    const mine = await verdictOf(piece, { ...code, session });
    expect(tapAxis(mine)).toMatchObject({ finding: 'VALID', reasonCode: 800, source: 'tag' });
    expect(mine.proven).toContain(tapAxis(mine)?.reason);
    const theirs = await verdictOf(piece, code);
    expect(tapAxis(theirs)).toMatchObject({ finding: 'INVALID', reasonCode: 801 });
    const wrong = await verdictOf(piece, { ...code, mac: '0'.repeat(16) });
    expect(tapAxis(wrong)).toMatchObject({ finding: 'INVALID', reasonCode: 804 });
    expect(new Set([without, mine, theirs, wrong].map(({ word }) => word)).size).toBe(1);
  });

  it('is still fresh after a hundred wrong codes: guessing locks nothing and moves no counter', async () => {
    const { piece, tag, tagId } = await taggedPiece();
    const code = tag.code(5);
    const high = tag.code(2 ** 24 - 1).picc;
    const guesses = Array.from({ length: 100 }, (_, guess) => ({
      picc: guess % 2 ? high : code.picc,
      mac: randomBytes(8).toString('hex'),
    }));
    const states = await Promise.all(guesses.map((guess) => stateOf(app, piece, guess)));
    expect(new Set(states)).toEqual(new Set(['BAD_CODE']));
    expect(await counterOf(tagId)).toBe(0);
    expect(await stateOf(app, piece, code)).toBe('FRESH');
    const { scanAnomalies } = await app.gql<{
      scanAnomalies: { edges: { node: { serial: number; pattern: string; details: string } }[] };
    }>(
      'query ($coopId: ID!) { scanAnomalies(coopId: $coopId) { edges { node { serial pattern details } } } }',
      { coopId: coop.coopId },
      pieces.operator,
    );
    const told = scanAnomalies.edges.map(({ node }) => node).filter(({ serial }) => serial === piece.serial);
    expect(told).toEqual([
      { serial: piece.serial, pattern: 'WRONG_CODES', details: expect.stringContaining('100') },
    ]);
  });

  it.each<[string, (tag: TestTag) => TapCode]>([
    ['of another form', () => ({ picc: 'no', mac: 'code' })],
    ['made up', (tag) => tag.madeUp()],
  ])('is a bad code when it is %s', async (_, codeOf) => {
    const code = codeOf(new TestTag(app, coop.coopId));
    expect(await stateOf(app, { gtin: pieces.gtin, serial: 1 }, code)).toBe('BAD_CODE');
  });

  it('makes nothing odd about a piece without a tag, whatever codes are invented for it', async () => {
    const piece = { gtin: pieces.gtin, serial: nextSerial };
    nextSerial += 1;
    const tag = new TestTag(app, coop.coopId);
    const states = await Promise.all(Array.from({ length: 20 }, () => stateOf(app, piece, tag.madeUp())));
    expect(new Set(states)).toEqual(new Set(['BAD_CODE']));
    const noted = await app.database.query(
      'select 1 as noted from scan_anomaly where coop_id = $1 and serial = $2',
      [coop.coopId, piece.serial],
    );
    expect(noted).toEqual([]);
  });

  it('says nothing about another piece, and is not spent there', async () => {
    const [one, two] = [await taggedPiece(), await taggedPiece()];
    const code = two.tag.code(2);
    expect(await stateOf(app, one.piece, code)).toBe('UNKNOWN_TAG');
    expect(await counterOf(two.tagId)).toBe(0);
    expect(await stateOf(app, two.piece, code)).toBe('FRESH');
  });

  it('is of no tag that was registered here, or of a tag of another co-op', async () => {
    const { piece } = await taggedPiece();
    expect(await stateOf(app, piece, new TestTag(app, coop.coopId).code(1))).toBe('UNKNOWN_TAG');
    const other = await aCoop(app);
    const foreign = await stateOf(app, piece, new TestTag(app, other.coopId).code(1));
    expect(['BAD_CODE', 'UNKNOWN_TAG']).toContain(foreign);
  });

  it('says nothing once its tag is retired', async () => {
    const { piece, tag, tagId } = await taggedPiece();
    expect(await stateOf(app, piece, tag.code(1))).toBe('FRESH');
    await retired(app, pieces.operator, { coopId: coop.coopId, tagId });
    expect(await stateOf(app, piece, tag.code(2))).toBe('UNKNOWN_TAG');
  });

  it('needs a piece that was made, and a session that nobody guesses', async () => {
    const code = new TestTag(app, coop.coopId).code(1);
    for (const piece of [
      { gtin: pieces.gtin, serial: 4000 },
      { gtin: pieces.gtin, serial: 0 },
      { gtin: '04012345000016', serial: 1 },
      { gtin: 'x', serial: 1 },
    ])
      expect((await presented(app, piece, code)).__typename).toBe('NotFound');
    const short = await presented(app, { gtin: pieces.gtin, serial: 1 }, code, 'short');
    expect(short).toMatchObject({ __typename: 'InputRefused', message: expect.stringContaining('session') });
  });

  it('is fresh for an hour', async () => {
    const { piece, tag } = await taggedPiece();
    const [code, session] = [tag.code(1), aSession()];
    expect(await stateOf(app, piece, code, session)).toBe('FRESH');
    await app.clock.step(59 * 60_000);
    expect(await stateOf(app, piece, code, session)).toBe('FRESH');
    await app.clock.step(60_000);
    expect(await stateOf(app, piece, code, session)).toBe('STALE');
  });

  it('keeps the invariants of live data', async () => {
    for (const check of CHECKS) {
      expect([check.name, await app.database.query(check.violations)]).toEqual([check.name, []]);
    }
  });
});

describe('taps from one network', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { TAPS_PER_MINUTE: '3' } });
    await app.clock.freeze(new Date('2027-01-11T09:00:00Z'));
  });
  afterAll(async () => {
    await app.stop();
  });

  it('are looked at so often in a minute, and then told to wait', async () => {
    const tap = () => presented(app, { gtin: '04012345000016', serial: 1 }, { picc: '', mac: '' });
    for (let time = 0; time < 3; time += 1) expect((await tap()).__typename).toBe('NotFound');
    expect(await tap()).toMatchObject({
      __typename: 'TooManyTaps',
      message: expect.stringContaining('not spent'),
    });
    await app.clock.step(60_000);
    expect((await tap()).__typename).toBe('NotFound');
  });
});

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TagKeyRing } from '../../../apps/api/src/taps/tag-keys.js';
import { loadConfig } from '../../../apps/api/src/platform/config/config.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { tally } from '../../support/builders/production.js';
import {
  TestTag,
  certifiedPieces,
  registered,
  retired,
  stateOf,
  type TestPieces,
} from '../../support/builders/taps.js';
import { until } from '../../support/until.js';

describe('tags', () => {
  let app: TestApp;
  let coop: TestCoop;
  let pieces: TestPieces;
  beforeAll(async () => {
    app = await startTestApp({ env: { TAPS_PER_MINUTE: '100000' } });
    coop = await aCoop(app);
    pieces = await certifiedPieces(app, coop, 8);
  });
  afterAll(async () => {
    await app.stop();
  });

  const aTag = (): TestTag => new TestTag(app, coop.coopId);
  const register = (serial: number, uid: string, requestId: string = randomUUID()) =>
    registered(app, pieces.operator, { coopId: coop.coopId, gtin: pieces.gtin, serial, uid, requestId });

  it('are bound once when ten ask at once, and one request asked ten times answers the same', async () => {
    const { uid } = aTag();
    const answers = await Promise.all(Array.from({ length: 10 }, () => register(1, uid)));
    expect(tally(answers)).toEqual({ TagRegistered: 1, TagTaken: 9 });
    const other = aTag();
    const requestId = randomUUID();
    const same = await Promise.all(Array.from({ length: 10 }, () => register(2, other.uid, requestId)));
    expect(tally(same)).toEqual({ TagRegistered: 10 });
    expect(new Set(same.map(({ tag }) => tag?.id)).size).toBe(1);
    expect(await register(3, other.uid, requestId)).toMatchObject({ __typename: 'RequestIdReused' });
  });

  it('are in one piece each, and each piece has one', async () => {
    const [one, two] = [aTag(), aTag()];
    expect((await register(3, one.uid)).__typename).toBe('TagRegistered');
    expect((await register(3, two.uid)).__typename).toBe('TagTaken');
    expect((await register(4, one.uid)).__typename).toBe('TagTaken');
  });

  it('keep their counter when they move to another piece, so that no old code is fresh again', async () => {
    const tag = aTag();
    const bound = await register(4, tag.uid.toUpperCase().replace(/..(?=.)/g, '$&:'));
    const [four, five] = [4, 5].map((serial) => ({ gtin: pieces.gtin, serial })) as [never, never];
    expect(await stateOf(app, four, tag.code(8))).toBe('FRESH');
    const out = await retired(app, pieces.operator, { coopId: coop.coopId, tagId: bound.tag?.id ?? '' });
    expect(out).toMatchObject({ __typename: 'TagRetired', tag: { retiredWhy: 'It came off.' } });
    expect(await register(5, tag.uid)).toMatchObject({ tag: { lastCounter: 8 } });
    expect(await stateOf(app, five, tag.code(8))).toBe('USED');
    expect(await stateOf(app, five, tag.code(7))).toBe('STALE');
    expect(await stateOf(app, five, tag.code(9))).toBe('FRESH');
  });

  it('keep it also when they are tapped in the very moment in which they move', async () => {
    const tag = aTag();
    const bound = await register(7, tag.uid);
    const winner = new pg.Client({ connectionString: app.database.url });
    await winner.connect();
    try {
      await winner.query('BEGIN');
      // A tap and the end of its tag, both done and not yet seen by others.
      await winner.query(
        `update nfc_tag set last_counter = 8, retired_at = now(), retired_why = 'moved' where id = $1`,
        [bound.tag?.id],
      );
      const moved = register(8, tag.uid);
      await until('the new binding to wait', async () => {
        const waiting = await app.database.query(
          `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock' and query ilike '%nfc_tag%'`,
          [app.database.name],
        );
        return waiting.length > 0;
      });
      await winner.query('COMMIT');
      expect(await moved).toMatchObject({ tag: { lastCounter: 8 } });
    } finally {
      await winner.end();
    }
  });

  it.each([
    ['a uid that no tag has', { uid: '04ff' }, 'InputRefused'],
    ['a piece that was not made', { serial: 99 }, 'NotFound'],
    ['a number that is none', { gtin: '123' }, 'NotFound'],
  ])('are refused for %s', async (_, change, kind) => {
    const input = { coopId: coop.coopId, gtin: pieces.gtin, serial: 6, uid: aTag().uid, ...change };
    expect((await registered(app, pieces.operator, input)).__typename).toBe(kind);
  });

  it('are bound by the co-op of the piece, and retired by it, and by no other', async () => {
    const other = await aCoop(app);
    const input = { coopId: other.coopId, gtin: pieces.gtin, serial: 6, uid: aTag().uid };
    expect((await registered(app, other.admin, input)).__typename).toBe('NotFound');
    const mine = await register(6, aTag().uid);
    const tagId = mine.tag?.id ?? '';
    expect((await retired(app, other.admin, { coopId: other.coopId, tagId })).__typename).toBe('NotFound');
    const empty = await retired(app, pieces.operator, { coopId: coop.coopId, tagId, words: ' ' });
    expect(empty.__typename).toBe('InputRefused');
  });

  it('are listed page by page, with those out of use, and tell no key', async () => {
    const query = `query ($coopId: ID!, $editionId: ID!, $after: String) {
      nfcTags(coopId: $coopId, editionId: $editionId, first: 4, after: $after) {
        edges { node { id uid serial keyVersion lastCounter retiredAt retiredWhy } } pageInfo { hasNextPage endCursor } } }`;
    type Page = { nfcTags: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string } } };
    const ask = async (after: string | null): Promise<Page['nfcTags']> => {
      const { editionId } = pieces.run;
      return (await app.gql<Page>(query, { coopId: coop.coopId, editionId, after }, pieces.operator)).nfcTags;
    };
    const first = await ask(null);
    const second = await ask(first.pageInfo.endCursor);
    const ids = [...first.edges, ...second.edges].map(({ node }) => node.id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(ids).toHaveLength(8);
    const keys = new TagKeyRing(loadConfig(app.env));
    const key = Buffer.from((await keys.issuerKeyOf(coop.coopId)) ?? []).toString('hex');
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify([first, second])).not.toContain(key);
  });
});

describe('an installation without tags.key', () => {
  let app: TestApp;
  let keysDir: string;
  beforeAll(async () => {
    app = await startTestApp();
    keysDir = mkdtempSync(join(tmpdir(), 'touchmark-keys-'));
    cpSync(app.chain.keysDir, keysDir, { recursive: true });
    rmSync(join(keysDir, 'tags.key'));
  });
  afterAll(async () => {
    rmSync(keysDir, { recursive: true });
    await app.stop();
  });

  it('has no key for tags, takes one from the environment, and refuses one that is cut short', async () => {
    const coopId = randomUUID();
    const of = (more: object) => new TagKeyRing(loadConfig({ ...app.env, KEYS_DIR: keysDir, ...more }));
    expect(await of({}).issuerKeyOf(coopId)).toBeNull();
    const given = `0x${'ab'.repeat(32)}`;
    expect(await of({ KEY_TAGS: given }).issuerKeyOf(coopId)).toHaveLength(16);
    const refusal = of({ KEY_TAGS: given.slice(0, -2) }).issuerKeyOf(coopId);
    await expect(refusal).rejects.toThrow('tags.key is not 0x and 64');
    await expect(refusal).rejects.not.toThrow('abab');
  });
});

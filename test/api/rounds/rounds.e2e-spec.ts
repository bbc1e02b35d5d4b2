import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { allocate, commitmentOf, seedOf, type RoundDocument } from '@touchmark/rounds';
import { CHECKS as ALL_CHECKS } from '../../../apps/api/src/all-checks.js';
import { DrawRounds } from '../../../apps/api/src/rounds/draw-rounds/draw-rounds.js';
import { mineForRounds } from '../../../apps/local/src/round-blocks.ts';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import {
  aRound,
  askForRound,
  askOfRound,
  drawn,
  passDeadline,
  showRound,
  type Round,
} from '../../support/builders/rounds.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { startChangingNode } from '../../support/changing-node.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

const HOUR = 3_600_000;

let chain: OwnChain;
let app: TestApp;
let coop: TestCoop;
let members: TestMember[];
let cell: TestCell;
let now: number;

beforeAll(async () => {
  chain = await createOwnChain();
  app = await startTestApp({ chain, worker: true });
  coop = await aCoop(app);
  members = await Promise.all(Array.from({ length: 5 }, () => aMember(app, coop)));
});
afterAll(async () => {
  const violated = [];
  for (const check of ALL_CHECKS) {
    const found = await check.find((text, values = []) => app.database.query(text, values));
    if (found.length > 0) violated.push([check.name, found]);
  }
  await app.stop();
  await chain.close();
  expect(violated).toEqual([]);
});
beforeEach(async () => {
  cell = await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC' }), { stations: 2 });
  await renew();
});

/** Two hours on the day so many days from now, from an hour on. */
function window(days: number, hour: number): [string, string] {
  const day = Math.floor(now / (24 * HOUR)) + days;
  const at = (hours: number) => new Date(day * 24 * HOUR + hours * HOUR).toISOString();
  return [at(hour), at(hour + 2)];
}

/** Tokens are short-lived, and the clock leaps here. */
async function renew(): Promise<void> {
  const fresh = async <One extends TestMember>(one: One): Promise<One> => ({
    ...one,
    token: await signedIn(app, one.email),
  });
  members = await Promise.all(members.map(fresh));
  coop = { ...coop, admin: await fresh(coop.admin) };
  now = (await app.clock.now()).getTime();
}
async function pass(round: Round): Promise<void> {
  await passDeadline(app, round);
  await renew();
}
async function draw(round: Round): Promise<Round> {
  await pass(round);
  return drawn(app, coop.admin, coop.coopId, round);
}

const member = (place: number): TestMember => members[place] ?? coop.admin;
const deadline = (): { deadlineAt: string } => ({ deadlineAt: new Date(now + HOUR).toISOString() });
const open = (slots: [string, string][], input: object = {}): Promise<Round> =>
  aRound(app, coop.admin, cell, slots, { ...deadline(), ...input });
const ask = (place: number, round: Round, first: number, second: number | null = null) =>
  askOfRound(app, member(place), coop.coopId, round.id, first, second);
const addressOf = (round: Pick<Round, 'id'>): string => `${app.url}/rounds/${coop.coopId}/${round.id}.json`;
const published = async (round: Pick<Round, 'id'>): Promise<RoundDocument> =>
  (await (await fetch(addressOf(round))).json()) as RoundDocument;

describe('a round', () => {
  it('keeps its slots from everybody, shows requests by pseudonym, and tells the secret only with the draw', async () => {
    const round = await open([window(3, 8), window(3, 8), window(3, 12)]);
    expect(round).toMatchObject({
      state: 'OPEN',
      cap: 1,
      secret: null,
      seed: null,
      block: null,
      requestCount: 0,
    });
    expect(new Set(round.slots.slice(0, 2).map((slot) => slot.stationId)).size).toBe(2);
    expect((await askForSlot(app, member(0), cell, window(3, 8))).__typename).toBe('SlotTaken');
    const asked = await ask(0, round, 1, 3);
    expect((await ask(0, round, 2)).request).toEqual({ ...asked.request, first: 2, second: null });
    await ask(1, round, 2, 3);
    const LIST = `query ($coopId: ID!, $roundId: ID!) { roundRequests(coopId: $coopId, roundId: $roundId) {
      edges { node { pseudonym first second yours } } } }`;
    const list = await app.gql<{
      roundRequests: { edges: { node: { yours: boolean; pseudonym: string } }[] };
    }>(LIST, { coopId: coop.coopId, roundId: round.id }, member(0));
    const nodes = list.roundRequests.edges.map((edge) => edge.node);
    expect(nodes.filter((node) => node.yours)).toEqual([
      { pseudonym: asked.request?.pseudonym, first: 2, second: null, yours: true },
    ]);
    expect(nodes).toHaveLength(2);
    const document = await published(round);
    expect(document).toMatchObject({ state: 'open', secret: null, seed: null, block: null, wins: null });
    expect(JSON.stringify(document)).not.toContain(member(0).accountId);
    const [stored] = await app.database.query<{ secret: string }>(
      'SELECT secret FROM capacity_round WHERE id = $1',
      [round.id],
    );
    expect(JSON.stringify([document, await showRound(app, coop.admin, coop.coopId, round.id)])).not.toContain(
      stored?.secret ?? '',
    );
    const done = await draw(round);
    expect(done.secret).toBe(stored?.secret);
    expect(commitmentOf(done.secret ?? '')).toBe(round.commitment);
    expect(done.seed).toBe(seedOf(done.secret ?? '', done.block?.hash ?? ''));
  });

  it('gives winners holds of two days by the published rule, tells everybody, and frees what nobody won', async () => {
    const round = await open([window(3, 8), window(3, 12), window(3, 16)]);
    for (const place of [0, 1, 2]) await ask(place, round, 1, place === 0 ? 2 : null);
    const done = await draw(round);
    const document = await published(round);
    const due = allocate({ slots: [1, 2, 3], requests: document.requests, cap: 1, seed: done.seed ?? '' });
    expect(document.wins).toEqual(due);
    expect(done.slots.map((slot) => slot.wonBy)).toEqual(
      [1, 2, 3].map((slot) => due.find((win) => win.slot === slot)?.pseudonym ?? null),
    );
    const seen = await Promise.all(
      [0, 1, 2].map((place) => showRound(app, member(place), coop.coopId, round.id)),
    );
    const place = seen.findIndex((view) => view.slots[0]?.yours === true);
    const bookingId = seen[place]?.slots[0]?.bookingId ?? '';
    const BOOKING = `query ($coopId: ID!, $id: ID!) { booking(coopId: $coopId, id: $id) { state priceMinor heldAt expiresAt } }`;
    const { booking } = await app.gql<{
      booking: { state: string; priceMinor: string; heldAt: string; expiresAt: string };
    }>(BOOKING, { coopId: coop.coopId, id: bookingId }, member(place));
    expect(booking).toMatchObject({ state: 'HELD', priceMinor: '4800' });
    expect(Date.parse(booking.expiresAt) - Date.parse(booking.heldAt)).toBe(48 * HOUR);
    expect(
      (await changeClaim(app, member(place), 'confirmBooking', { coopId: coop.coopId, bookingId }))
        .__typename,
    ).toBe('BookingConfirmed');
    const told = await app.database.query<{ kind: string; count: number }>(
      `SELECT kind, count(*)::integer AS count FROM notice WHERE link LIKE '%' || $1 || '%' GROUP BY kind ORDER BY kind`,
      [round.id],
    );
    expect(told.reduce((sum, row) => sum + row.count, 0)).toBe(3);
    expect(told.find((row) => row.kind === 'round_won')?.count).toBe(due.length);
    // The second station was free all the time; on the first nobody won the third slot.
    const third = await aHold(app, member(4), cell, window(3, 16), { stationId: done.slots[2]?.stationId });
    expect(third.state).toBe('HELD');
  });

  it('serves who won less before first, whatever the draw', async () => {
    const first = await open([window(3, 8)]);
    await ask(0, first, 1);
    await draw(first);
    const second = await open([window(4, 8), window(4, 12)]);
    await ask(0, second, 1, 2);
    await ask(1, second, 1);
    const mine = await showRound(app, member(0), coop.coopId, second.id);
    expect(mine.yours?.pastWins).toBe(1);
    await draw(second);
    const [slot, other] = (await showRound(app, member(1), coop.coopId, second.id)).slots;
    expect([slot?.yours, slot?.choice]).toEqual([true, 1]);
    expect([other?.wonBy, other?.choice]).toEqual([mine.yours?.pseudonym, 2]);
  });

  it('lets a win go when it is not confirmed in time', async () => {
    const round = await open([window(5, 8)]);
    await ask(0, round, 1);
    const { slots } = await draw(round);
    const input = { stationId: slots[0]?.stationId };
    expect((await askForSlot(app, member(1), cell, window(5, 8), input)).__typename).toBe('SlotTaken');
    await app.clock.step(48 * HOUR);
    await renew();
    expect((await askForSlot(app, member(1), cell, window(5, 8), input)).__typename).toBe('SlotHeld');
  });

  it('is drawn on an idle chain of one machine as well', async () => {
    const round = await open([window(3, 8)]);
    await ask(0, round, 1);
    await app.clock.step(HOUR + 1000);
    await renew();
    const closed = await until('the end of the requests', async () => {
      const seen = await showRound(app, member(0), coop.coopId, round.id);
      return seen.state === 'OPEN' ? null : seen;
    });
    expect([closed.state, closed.requestsDigest?.length, closed.secret]).toEqual(['CLOSED', 64, null]);
    expect(await mineForRounds(chain.rpcUrl, app.database.url)).toBe(true);
    expect((await drawn(app, member(0), coop.coopId, round)).slots[0]?.yours).toBe(true);
    expect(await mineForRounds(chain.rpcUrl, app.database.url)).toBe(false);
  });

  it('takes no request from the deadline on, nor one that cannot be', async () => {
    const round = await open([window(3, 8), window(3, 12)]);
    expect((await ask(0, round, 3)).message).toBe('There is no slot 3 in this round; choose from 1 to 2.');
    expect((await ask(0, round, 1, 1)).__typename).toBe('InputRefused');
    expect((await askOfRound(app, member(0), coop.coopId, randomUUID(), 1)).__typename).toBe('NotFound');
    const requestId = randomUUID();
    const asked = await askOfRound(app, member(0), coop.coopId, round.id, 1, null, requestId);
    await ask(0, round, 2);
    const again = await askOfRound(app, member(0), coop.coopId, round.id, 1, null, requestId);
    expect(again.request).toEqual({ ...asked.request, first: 2 });
    expect((await askOfRound(app, member(0), coop.coopId, round.id, 2, null, requestId)).__typename).toBe(
      'RequestIdReused',
    );
    await pass(round);
    expect((await ask(1, round, 1)).__typename).toBe('RoundClosed');
    expect((await ask(0, round, 1)).__typename).toBe('RoundClosed');
  });

  it('is not opened on what is taken, closed or too near, and then claims nothing', async () => {
    const held = await aHold(app, member(0), cell, window(3, 8));
    const one = { stationId: held.station.id };
    const refused = await askForRound(app, coop.admin, cell, [], {
      ...deadline(),
      slots: [window(3, 12), window(3, 8)].map(([fromAt, toAt]) => ({ fromAt, toAt, ...one })),
    });
    expect(refused).toMatchObject({ __typename: 'RoundSlotRefused', slot: 2 });
    const night = await askForRound(app, coop.admin, cell, [window(3, 2)], deadline());
    expect(night).toMatchObject({ __typename: 'RoundSlotRefused', slot: 1 });
    const early = { deadlineAt: new Date(now - 1000).toISOString() };
    expect(await askForRound(app, coop.admin, cell, [window(3, 8)], early)).toMatchObject({
      field: 'deadlineAt',
    });
    expect(await askForRound(app, coop.admin, cell, [window(3, 8)], { ...deadline(), cap: 3 })).toMatchObject(
      { field: 'cap' },
    );
    const claims = await app.database.query(
      'SELECT 1 FROM booking WHERE cell_id = $1 AND round_id IS NOT NULL',
      [cell.cellId],
    );
    expect(claims).toEqual([]);
    expect((await askForSlot(app, member(1), cell, window(3, 12), one)).__typename).toBe('SlotHeld');
  });
});

describe('at once', () => {
  it('is opened once for one request, and takes a slot from nobody when twenty claim it', async () => {
    const requestId = randomUUID();
    const opens = () =>
      askForRound(app, coop.admin, cell, [window(6, 8), window(6, 8)], { ...deadline(), requestId });
    const holds = () => askForSlot(app, member(Math.floor(Math.random() * 5)), cell, window(6, 8));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, place) => (place % 2 === 0 ? opens() : holds())),
    );
    const count = (kind: string): number => answers.filter((answer) => answer.__typename === kind).length;
    // Either the round came before all holds, or at most two holds before it.
    const opened = count('RoundOpened');
    expect([0, 10]).toContain(opened);
    expect(count('SlotHeld')).toBe(opened === 10 ? 0 : Math.min(2, count('SlotHeld')));
    expect(count('SlotHeld') > 0).toBe(opened === 0);
  });

  it('is drawn once, however many draw it, and keeps the last request of each member', async () => {
    const round = await open([window(6, 8), window(6, 12), window(6, 16)], { cap: 2 });
    await Promise.all(
      [0, 1, 2, 3, 4].flatMap((place) => [1, 2, 3].map((slot) => ask(place, round, slot, (slot % 3) + 1))),
    );
    expect((await showRound(app, coop.admin, coop.coopId, round.id)).requestCount).toBe(5);
    await pass(round);
    const rounds = app.nest.get(DrawRounds, { strict: false });
    await Promise.all(Array.from({ length: 4 }, () => rounds.run()));
    await Promise.all(Array.from({ length: 8 }, () => rounds.drawOne(coop.coopId, round.id)));
    const done = await draw(round);
    const holds = await app.database.query(
      `SELECT 1 FROM booking WHERE cell_id = $1 AND origin = 'round' AND account_id IS NOT NULL`,
      [cell.cellId],
    );
    expect(holds).toHaveLength(done.slots.filter((slot) => slot.wonBy !== null).length);
    const document = await published(round);
    expect(document.wins).toEqual(
      allocate({ slots: [1, 2, 3], requests: document.requests, cap: 2, seed: done.seed ?? '' }),
    );
  });
});

describe('the command that checks a round', () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-round-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function command(...args: string[]): Promise<{ code: number; out: string }> {
    const env = { ...process.env, NODE_OPTIONS: '' };
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['apps/local/run.mjs', 'round', ...args],
        { env },
      );
      return { code: 0, out: stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, out: stdout + stderr };
    }
  }
  async function judged(
    name: string,
    round: unknown,
    ...args: string[]
  ): Promise<{ code: number; out: string }> {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(round));
    return command(file, ...args);
  }

  it('finds the published result right, and any tampering wrong', async () => {
    const round = await open([window(3, 8), window(3, 12)]);
    const early = await command(addressOf(round));
    expect([early.code, early.out]).toEqual([2, 'The round is open; come back after the draw.\n']);
    for (const place of [0, 1, 2]) await ask(place, round, 1, 2);
    await draw(round);
    const right = await command(addressOf(round), '--rpc', chain.rpcUrl);
    expect(right.out).toContain('ok     on the chain it is the first block after the deadline');
    expect(right.out).toMatch(/ok {5}slot 1 from .* by choice 1, 0 won before, draw [0-9a-f]{12}/);
    expect([right.code, right.out.split('\n').at(-2)]).toEqual([0, 'the published result is right']);

    const document = await published(round);
    const wrong = { code: 1, out: expect.stringContaining('the published result is wrong') as unknown };
    const secret = 'ab'.repeat(32);
    expect(await judged('secret', { ...document, secret })).toEqual(wrong);
    const [one, ...others] = document.requests;
    expect(
      await judged('request', { ...document, requests: [{ ...one, first: 2, second: 1 }, ...others] }),
    ).toEqual(wrong);
    // A forger who knows the rule makes all that follows from another block fit; only the chain tells.
    const block = {
      ...document.block,
      number: (document.block?.number ?? 0) + 1,
      hash: `0x${'12'.repeat(32)}`,
    };
    const seed = seedOf(document.secret ?? '', block.hash);
    const wins = allocate({ slots: [1, 2], requests: document.requests, cap: 1, seed });
    expect(await judged('hash', { ...document, block })).toEqual(wrong);
    expect((await judged('forged', { ...document, block, seed, wins })).code).toBe(0);
    expect(await judged('forged', { ...document, block, seed, wins }, '--rpc', chain.rpcUrl)).toEqual(wrong);
    expect((await judged('none', { hello: 'world' })).code).toBe(2);
  });

  it('judges nothing by a node that does not have the block, or the one before it', async () => {
    const round = await open([window(3, 8)]);
    await ask(0, round, 1);
    const { block } = await draw(round);
    for (const missing of [block?.number ?? 0, (block?.number ?? 0) - 1]) {
      const hexadecimal = `0x${missing.toString(16)}`;
      const node = await startChangingNode(chain.rpcUrl, ({ method, params }, result) =>
        method === 'eth_getBlockByNumber' && params[0] === hexadecimal ? null : result,
      );
      try {
        const { code, out } = await command(addressOf(round), '--rpc', node.url);
        expect([code, out]).toEqual([2, expect.stringContaining(`does not have block ${String(missing)}`)]);
      } finally {
        await node.close();
      }
    }
  });
});

describe('without a chain that answers', () => {
  it('opens no round', async () => {
    const lonely = await startTestApp({ env: { CHAIN_RPC_URLS: 'http://127.0.0.1:1' } });
    try {
      const own = await aCoop(lonely);
      const place = await aCell(lonely, await aWorkshop(lonely, own, { timeZone: 'UTC' }));
      now = (await lonely.clock.now()).getTime();
      const answer = await askForRound(lonely, own.admin, place, [window(3, 8)], deadline());
      expect(answer.__typename).toBe('ChainNotReady');
    } finally {
      await lonely.stop();
    }
  });
});

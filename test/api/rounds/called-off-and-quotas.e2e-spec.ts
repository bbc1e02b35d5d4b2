import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyRound, type RoundDocument } from '@touchmark/rounds';
import { CHECKS } from '../../../apps/api/src/all-checks.js';
import { LapseHolds } from '../../../apps/api/src/booking/lapse-holds/lapse-holds.js';
import { DrawRounds } from '../../../apps/api/src/rounds/draw-rounds/draw-rounds.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { quotas } from '../../support/builders/allowances.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import {
  aRound,
  askOfRound,
  callOff,
  passDeadline,
  showRound,
  withdrawFrom,
  type Round,
} from '../../support/builders/rounds.js';
import { aPlace, entriesOf } from '../../support/builders/waiting-list.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { mutate } from '../workshops/mutate.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let chain: OwnChain;
let app: TestApp;
let coop: TestCoop;
let members: readonly [TestMember, TestMember, TestMember];
let cell: TestCell;
let monday: number;

beforeAll(async () => {
  chain = await createOwnChain();
  // No worker: the test itself closes and draws, so that it can act in between.
  app = await startTestApp({ chain });
});
afterAll(async () => {
  await app.stop();
  await chain.close();
});
beforeEach(async () => {
  coop = await aCoop(app);
  members = [await aMember(app, coop), await aMember(app, coop), await aMember(app, coop)];
  cell = await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC' }), { stations: 1 });
  const now = (await app.clock.now()).getTime();
  // The Monday after next: all windows of a test lie in one week, whatever day it is.
  monday = (Math.floor(now / DAY) - ((Math.floor(now / DAY) + 3) % 7) + 14) * DAY;
});

const weekly = (minutes: number) =>
  ({ memberClass: 'standard', cellKind: 'print', period: 'week', minutes }) as const;

/** Two hours from an hour on, on that Monday or so many days later. */
const window = (hour: number, days = 0): [string, string] => {
  const at = (hours: number): string => new Date(monday + days * DAY + hours * HOUR).toISOString();
  return [at(hour), at(hour + 2)];
};
async function open(slots: [string, string][], input: object = {}): Promise<Round> {
  const deadlineAt = new Date((await app.clock.now()).getTime() + HOUR).toISOString();
  return aRound(app, coop.admin, cell, slots, { deadlineAt, ...input });
}
/** Tokens are short-lived, and the clock leaps here. */
async function renew(): Promise<void> {
  const fresh = async <One extends TestMember>(one: One): Promise<One> => ({
    ...one,
    token: await signedIn(app, one.email),
  });
  members = [await fresh(members[0]), await fresh(members[1]), await fresh(members[2])];
  coop = { ...coop, admin: await fresh(coop.admin) };
}
const rounds = (): DrawRounds => app.nest.get(DrawRounds, { strict: false });
/** Passes the deadline and fixes the requests; nothing is drawn yet. */
async function close(round: Round): Promise<void> {
  await passDeadline(app, round);
  await rounds().run();
  await renew();
}
async function draw(round: Round): Promise<Round> {
  await rounds().drawOne(coop.coopId, round.id);
  const seen = await showRound(app, coop.admin, coop.coopId, round.id);
  expect(seen.state).toBe('DRAWN');
  return seen;
}
const published = async ({ id }: Round): Promise<RoundDocument> =>
  (await (await fetch(`${app.url}/rounds/${coop.coopId}/${id}.json`)).json()) as RoundDocument;
const ask = (who: TestMember, round: Round, first: number, second: number | null = null) =>
  askOfRound(app, who, coop.coopId, round.id, first, second);
const nameOf = async (who: TestMember, { id }: Round): Promise<string | undefined> =>
  (await showRound(app, who, coop.coopId, id)).yours?.pseudonym;
async function violated(): Promise<unknown[]> {
  const found = [];
  for (const check of CHECKS) {
    const rows = await check.find((text, values = []) => app.database.query(text, values));
    if (rows.length > 0) found.push([check.name, rows]);
  }
  return found;
}
const holdsOf = (who: TestMember): Promise<object[]> =>
  app.database.query(`select id from booking where account_id = $1 and origin = 'round' and cell_id = $2`, [
    who.accountId,
    cell.cellId,
  ]);
/** A confirmed booking of two hours. */
async function book(who: TestMember, at: [string, string]): Promise<void> {
  const { id: bookingId } = await aHold(app, who, cell, at);
  await changeClaim(app, who, 'confirmBooking', { coopId: coop.coopId, bookingId });
}

describe('a round that is called off before its deadline', () => {
  it('frees its slots for those who wait and then for everybody, tells all who asked, and is never drawn', async () => {
    const round = await open([window(8), window(12)]);
    const [first, second, waiting] = members;
    await ask(first, round, 1, 2);
    await ask(second, round, 2);
    await aPlace(app, waiting, cell, window(8));
    const requestId = randomUUID();
    const answer = await callOff(app, coop.admin, coop.coopId, round.id, requestId);
    expect(answer).toMatchObject({ __typename: 'RoundCalledOff', round: { state: 'CALLED_OFF' } });
    expect(await callOff(app, coop.admin, coop.coopId, round.id, requestId)).toEqual(answer);
    expect((await callOff(app, coop.admin, coop.coopId, round.id)).__typename).toBe('RoundClosed');
    const told = await app.database.query<{ account_id: string }>(
      `select account_id from notice where kind = 'round_called_off' and coop_id = $1`,
      [coop.coopId],
    );
    expect(told.map((row) => row.account_id).sort()).toEqual([first.accountId, second.accountId].sort());
    expect(await entriesOf(app, waiting, coop.coopId)).toMatchObject([
      { state: 'OFFERED', booking: { fromAt: window(8)[0] } },
    ]);
    expect((await askForSlot(app, first, cell, window(8))).__typename).toBe('SlotTaken');
    expect((await askForSlot(app, first, cell, window(12))).__typename).toBe('SlotHeld');
    expect((await ask(first, round, 1)).__typename).toBe('RoundClosed');
    await close(round);
    await rounds().drawOne(coop.coopId, round.id);
    const document = await published(round);
    expect(document).toMatchObject({ state: 'called_off', secret: null, wins: null });
    expect(verifyRound(document).message).toBe('The round was called off; nothing is drawn.');
    expect(await violated()).toEqual([]);
  });

  it('has to be called off by who opened it, and not from the deadline on', async () => {
    const round = await open([window(8)]);
    const operator = await aMember(app, coop, ['operator']);
    expect((await callOff(app, operator, coop.coopId, round.id)).__typename).toBe('NotTheOpener');
    expect((await callOff(app, coop.admin, coop.coopId, randomUUID())).__typename).toBe('NotFound');
    await passDeadline(app, round);
    await renew();
    expect((await callOff(app, coop.admin, coop.coopId, round.id)).__typename).toBe('RoundClosed');
    expect((await showRound(app, coop.admin, coop.coopId, round.id)).state).toBe('OPEN');
    expect((await askForSlot(app, members[0], cell, window(8))).__typename).toBe('SlotTaken');
  });
});

describe('a round whose opener has left the co-op', () => {
  it('can be called off by an admin, and by nobody else', async () => {
    const operator = await aMember(app, coop, ['operator']);
    const deadlineAt = new Date((await app.clock.now()).getTime() + HOUR).toISOString();
    const round = await aRound(app, operator, cell, [window(8)], { deadlineAt });
    const may = async (who: TestMember): Promise<boolean> => {
      const query = 'query ($coopId: ID!, $id: ID!) { round(coopId: $coopId, id: $id) { youMayCallOff } }';
      const variables = { coopId: coop.coopId, id: round.id };
      return (await app.gql<{ round: { youMayCallOff: boolean } }>(query, variables, { token: who.token }))
        .round.youMayCallOff;
    };
    expect([await may(operator), await may(coop.admin)]).toEqual([true, false]);
    expect((await callOff(app, coop.admin, coop.coopId, round.id)).__typename).toBe('NotTheOpener');
    const other = await aMember(app, coop, ['operator']);
    const gone = { coopId: coop.coopId, accountId: operator.accountId };
    await mutate(app, coop.admin, 'removeMember', 'MemberRemoved { __typename }', gone, '');
    expect([await may(other), await may(coop.admin)]).toEqual([false, true]);
    expect((await callOff(app, other, coop.coopId, round.id)).__typename).toBe('NotTheOpener');
    const answer = await callOff(app, coop.admin, coop.coopId, round.id);
    expect(answer).toMatchObject({ __typename: 'RoundCalledOff', round: { state: 'CALLED_OFF' } });
    const [event] = await app.database.query<{ actor_id: string }>(
      `select actor_id from booking_event join booking on booking.id = booking_event.booking_id
        where booking.round_id = $1 order by sequence desc limit 1`,
      [round.id],
    );
    expect(event?.actor_id).toBe(coop.admin.accountId);
    expect(await violated()).toEqual([]);
  });
});

describe('a request of a round', () => {
  it('can be withdrawn and made again before the deadline, and not from then on', async () => {
    const round = await open([window(8)]);
    const [first, second] = members;
    await ask(first, round, 1);
    await ask(second, round, 1);
    const answer = await withdrawFrom(app, first, coop.coopId, round.id);
    expect(answer).toMatchObject({
      __typename: 'SlotRequestWithdrawn',
      round: { requestCount: 1, yours: null },
    });
    expect((await withdrawFrom(app, first, coop.coopId, round.id)).__typename).toBe('NotFound');
    expect((await ask(first, round, 1)).__typename).toBe('SlotsRequested');
    await withdrawFrom(app, first, coop.coopId, round.id);
    await passDeadline(app, round);
    await renew();
    expect((await withdrawFrom(app, members[1], coop.coopId, round.id)).__typename).toBe('RoundClosed');
    await rounds().run();
    const done = await draw(round);
    expect([done.requestCount, done.slots[0]?.wonBy]).toEqual([1, await nameOf(members[1], round)]);
  });
});

describe('a quota', () => {
  it('binds in the draw: what it does not cover goes to the next, and the published round says so and recomputes', async () => {
    await quotas(app, coop, [weekly(240)]);
    const [used, free, half] = members;
    await book(used, window(8, 1));
    await book(used, window(8, 2));
    await book(half, window(12, 1));
    const round = await open([window(8), window(12), window(16)], { cap: 2 });
    await ask(used, round, 1);
    await ask(free, round, 2, 1);
    await ask(half, round, 3, 1);
    await close(round);
    const done = await draw(round);
    const [a, b, c] = await Promise.all(members.map((who) => nameOf(who, round)));
    expect(done.slots.map((slot) => slot.wonBy)).toEqual([b, b, c]);
    const document = await published(round);
    const gaps = Object.fromEntries(document.requests.map((one) => [one.pseudonym, one.beyondQuota]));
    expect(gaps).toEqual({ [a ?? '']: ['first'], [b ?? '']: undefined, [c ?? '']: ['both'] });
    expect(verifyRound(document)).toMatchObject({ right: true });
    const told = document.requests.map(({ beyondQuota: _, ...one }) => one);
    expect(verifyRound({ ...document, requests: told }).right).toBe(false);
    expect(await violated()).toEqual([]);
  });

  it('that is used up between deadline and draw leaves the win without a hold, and is not overdrawn', async () => {
    await quotas(app, coop, [weekly(120)]);
    const [winner] = members;
    const round = await open([window(8)]);
    await ask(winner, round, 1);
    await close(round);
    await book(members[0], window(8, 1));
    const done = await draw(round);
    expect(done.slots[0]?.wonBy).toBe(await nameOf(members[0], round));
    expect(await holdsOf(winner)).toEqual([]);
    expect((await askForSlot(app, members[1], cell, window(8))).__typename).toBe('SlotHeld');
    expect(verifyRound(await published(round)).right).toBe(true);
    expect(await violated()).toEqual([]);
  });
});

describe('a member who is removed between deadline and draw', () => {
  it('gets nothing, and what was theirs goes to who waits; the result is still what was fixed', async () => {
    const [gone, waiting] = members;
    const round = await open([window(8)]);
    await ask(gone, round, 1);
    await aPlace(app, waiting, cell, window(8));
    await close(round);
    const input = { coopId: coop.coopId, accountId: gone.accountId };
    const removed = await mutate(app, coop.admin, 'removeMember', 'MemberRemoved { __typename }', input, '');
    expect(removed.__typename).toBe('MemberRemoved');
    await draw(round);
    expect(await holdsOf(gone)).toEqual([]);
    expect(await entriesOf(app, members[1], coop.coopId)).toMatchObject([{ state: 'OFFERED' }]);
    expect(verifyRound(await published(round)).right).toBe(true);
    expect(await violated()).toEqual([]);
  });
});

describe('a win that is not confirmed in its time', () => {
  it.each([
    ['a stranger asks for it', true],
    ['the sweep finds it', false],
  ])('goes to who waits for it first, when %s', async (_, byStranger) => {
    const round = await open([window(8)]);
    await ask(members[0], round, 1);
    await close(round);
    await draw(round);
    await aPlace(app, members[1], cell, window(8));
    await app.clock.step(48 * HOUR);
    await renew();
    if (byStranger) expect((await askForSlot(app, members[2], cell, window(8))).__typename).toBe('SlotTaken');
    else await app.nest.get(LapseHolds, { strict: false }).run();
    expect(await entriesOf(app, members[1], coop.coopId)).toMatchObject([
      { state: 'OFFERED', booking: { fromAt: window(8)[0], toAt: window(8)[1] } },
    ]);
    expect(await violated()).toEqual([]);
  });
});

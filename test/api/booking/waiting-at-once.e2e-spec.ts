import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LapseHolds } from '../../../apps/api/src/booking/lapse-holds/lapse-holds.js';
import { CHECKS } from '../../../apps/api/src/booking/waiting-list/waiting-list.checks.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aPlace, entriesOf, leaveQueue } from '../../support/builders/waiting-list.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { tries } from '../../support/proof.js';

const STRANGERS = 20;
const WAITERS = 4;
const ROUNDS = tries(10, 60);
const NOW = Date.parse('2026-11-18T08:00:00.000Z');
const HOUR = 3_600_000;
const DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));

let app: TestApp;
let coop: TestCoop;
let owner: TestMember;
let strangers: TestMember[];
let waiters: TestMember[];
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  const people: TestMember[] = [];
  for (let count = 0; count < STRANGERS + WAITERS + 1; count += 1) people.push(await aMember(app, coop));
  [owner, ...waiters] = people.splice(0, WAITERS + 1) as [TestMember, ...TestMember[]];
  strangers = people;
  cell = await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC', openingHours: DAY }), {
    stations: 1,
  });
});
afterAll(async () => {
  await app.stop();
});

/** A window of its own for each round, so that what is left of one round is not in the way of the next. */
function windowOf(round: number): readonly [string, string] {
  const fromAt = NOW + 48 * HOUR + round * 4 * HOUR;
  return [new Date(fromAt).toISOString(), new Date(fromAt + 2 * HOUR).toISOString()];
}

/** Twenty who do not wait and want the same window, each a little differently. */
function ask([from, to]: readonly [string, string]): Promise<string>[] {
  return strangers.map(async (who, index) => {
    const fromAt = new Date(Date.parse(from) + (index % 3) * HOUR * 0.5).toISOString();
    return (await askForSlot(app, who, cell, [fromAt, to])).__typename;
  });
}

async function stateOf(who: TestMember): Promise<string | undefined> {
  return (await entriesOf(app, who, coop.coopId))[0]?.state;
}

describe('at once', () => {
  it(
    'gives what a cancellation frees to the next in line, never to one of twenty strangers who ask',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const window = windowOf(round);
        const { id } = await aHold(app, owner, cell, window);
        await changeClaim(app, owner, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
        const queue = waiters.map((_, index) => waiters[(index + round) % WAITERS] ?? owner);
        for (const who of queue) await aPlace(app, who, cell, window);
        const cancelling = changeClaim(app, owner, 'cancelBooking', { coopId: coop.coopId, bookingId: id });
        const answers = await Promise.all(ask(window));
        expect((await cancelling).__typename).toBe('BookingCancelled');
        expect([...new Set(answers)]).toEqual(['SlotTaken']);
        const states = await Promise.all(queue.map(stateOf));
        expect(states).toEqual(['OFFERED', ...queue.slice(1).map(() => 'WAITING')]);
        await leaveAll(queue);
      }
    },
    tries(600_000, 900_000),
  );

  it('gives what lapses by time to the next in line, again and again, while twenty strangers ask', async () => {
    const window = windowOf(ROUNDS + 1);
    const { id } = await aHold(app, owner, cell, window);
    await changeClaim(app, owner, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
    for (const who of waiters) await aPlace(app, who, cell, window);
    await changeClaim(app, owner, 'cancelBooking', { coopId: coop.coopId, bookingId: id });
    for (let turn = 0; turn < WAITERS; turn += 1) {
      const states = await Promise.all(waiters.map(stateOf));
      expect(states).toEqual(
        waiters.map((_, index) => (index < turn ? 'MISSED' : index === turn ? 'OFFERED' : 'WAITING')),
      );
      // The very moment at which the offer is over, found by strangers and by the sweep together.
      await app.clock.freeze(new Date(NOW + (turn + 1) * HOUR));
      await renewAll();
      const sweep = app.nest.get(LapseHolds, { strict: false }).run();
      const answers = await Promise.all(ask(window));
      await sweep;
      const held = answers.filter((kind) => kind === 'SlotHeld');
      expect(held).toHaveLength(turn === WAITERS - 1 ? 1 : 0);
      expect(answers.filter((kind) => kind !== 'SlotHeld' && kind !== 'SlotTaken')).toEqual([]);
    }
    for (const { name, violations } of CHECKS)
      expect([name, await app.database.query(violations)]).toEqual([name, []]);
  });

  it('gives each of many places that become free together to one of those who wait, in their order', async () => {
    await app.clock.freeze(new Date(NOW));
    await renewAll();
    const wide = await aCell(app, cell, { stations: 3 });
    const window = windowOf(1);
    const holds = [];
    for (const stationId of wide.stationIds) holds.push(await aHold(app, owner, wide, window, { stationId }));
    for (const who of waiters) await aPlace(app, who, wide, window);
    await Promise.all(
      holds.map(({ id }) => changeClaim(app, owner, 'releaseHold', { coopId: coop.coopId, bookingId: id })),
    );
    expect(await Promise.all(waiters.map(stateOf))).toEqual(['OFFERED', 'OFFERED', 'OFFERED', 'WAITING']);
    const stations = await Promise.all(
      waiters
        .slice(0, 3)
        .map(async (who) => (await entriesOf(app, who, coop.coopId))[0]?.booking?.station.id),
    );
    expect(new Set(stations)).toEqual(new Set(wide.stationIds));
  });

  it('numbers those who join together without a gap or a double', async () => {
    const window = windowOf(3);
    const other = await aCell(app, cell, { stations: 1 });
    await aHold(app, owner, other, window);
    await Promise.all(strangers.map((who) => aPlace(app, who, other, window)));
    const places = await Promise.all(
      strangers.map(async (who) => (await entriesOf(app, who, coop.coopId))[0]?.place ?? 0),
    );
    expect(places.sort((a, b) => a - b)).toEqual(strangers.map((_, index) => index + 1));
  });
});

async function leaveAll(queue: readonly TestMember[]): Promise<void> {
  for (const who of queue) {
    const [entry] = await entriesOf(app, who, coop.coopId);
    if (entry?.state === 'WAITING') await leaveQueue(app, who, { coopId: coop.coopId, entryId: entry.id });
    const bookingId = entry?.booking?.id;
    if (bookingId !== undefined)
      await changeClaim(app, who, 'confirmBooking', { coopId: coop.coopId, bookingId });
  }
}

// Access tokens end long before an offer does.
async function renewAll(): Promise<void> {
  const renew = async (who: TestMember): Promise<TestMember> => ({
    ...who,
    token: await signedIn(app, who.email),
  });
  owner = await renew(owner);
  waiters = await Promise.all(waiters.map(renew));
  const renewed: TestMember[] = [];
  for (const who of strangers) renewed.push(await renew(who));
  strangers = renewed;
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ServeQueues } from '../../../apps/api/src/booking/waiting-list/serve-queues/serve-queues.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { askForRound } from '../../support/builders/rounds.js';
import { aPlace, entriesOf } from '../../support/builders/waiting-list.js';
import {
  aCell,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { aBooking, nothingIsWrong } from './scene.js';

const NOW = '2026-11-18T08:00:00.000Z';
const MORNING = ['2026-11-20T09:00:00.000Z', '2026-11-20T17:00:00.000Z'] as const;
const HOUR = ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'] as const;
const DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));

let chain: OwnChain;
let app: TestApp;
let coop: TestCoop;
let owner: TestMember;
let poor: TestMember;
let next: TestMember;
let stranger: TestMember;
let cell: TestCell;

beforeAll(async () => {
  chain = await createOwnChain();
  app = await startTestApp({ chain });
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  [owner, poor, next, stranger] = await Promise.all([
    aMember(app, coop),
    aMember(app, coop),
    aMember(app, coop),
    aMember(app, coop),
  ]);
  const workshop = await aWorkshop(app, coop, { timeZone: 'UTC', openingHours: DAY });
  cell = await aCell(app, workshop, { stations: 1, gridMinutes: 5 });
});
afterAll(async () => {
  try {
    await nothingIsWrong({ app });
  } finally {
    await app.stop();
    await chain.close();
  }
});

const stateOf = async (who: TestMember): Promise<string | undefined> =>
  (await entriesOf(app, who, coop.coopId))[0]?.state;

/** Members who wait with a wish that cannot be served, joined in one statement in front of nobody else. */
async function crowd(count: number): Promise<void> {
  await app.database.query(
    `with person as (
       insert into account (id, kind, email, display_name, created_at)
       select uuidv7(), 'person', 'crowd-' || gen_random_uuid() || '@example.test', 'Crowd', app_now()
         from generate_series(1, $2::int) returning id
     ), member as (
       insert into membership (coop_id, account_id, roles, joined_at) select $1, id, '{member}', app_now() from person
       returning account_id
     )
     insert into waiting_entry (coop_id, turn, cell_id, account_id, earliest_at, latest_at, minutes, least_minutes,
       max_price_minor, use_credits, joined_at, looked_at)
     select $1, nextval('booking_event_sequence'), $3, account_id, $4, $5, 480, 5, 0, true, app_now(), app_now() from member`,
    [coop.coopId, count, cell.cellId, ...MORNING],
  );
}

describe('one who waits for what they can never be given', () => {
  it.each([0, 199, 201])(
    'at %i minor units keeps nobody behind them from being served',
    async (maxPriceMinor) => {
      const bookingId = await aBooking({ app, coop, member: owner, cell }, MORNING);
      await aPlace(app, poor, cell, MORNING, {
        minutes: 480,
        leastMinutes: 5,
        maxPriceMinor: String(maxPriceMinor),
      });
      await aPlace(app, next, cell, MORNING, { minutes: 60 });
      await changeClaim(app, owner, 'cancelBooking', { coopId: coop.coopId, bookingId });
      expect(await stateOf(next)).toBe('OFFERED');
      expect(await stateOf(poor)).toBe(maxPriceMinor < 200 ? 'WAITING' : 'OFFERED');
      const taken = await askForSlot(app, stranger, cell, HOUR);
      expect(taken.__typename).toBe('SlotTaken');
    },
  );
});

describe('a queue that is longer than one pass looks over', () => {
  const freed = async (ahead: number): Promise<void> => {
    const bookingId = await aBooking({ app, coop, member: owner, cell }, MORNING);
    await crowd(ahead);
    await app.clock.step(1000);
    await aPlace(app, next, cell, MORNING, { minutes: 60 });
    await app.clock.step(1000);
    await changeClaim(app, owner, 'cancelBooking', { coopId: coop.coopId, bookingId });
    expect(await stateOf(next)).toBe('WAITING');
  };

  it('is gone through before a stranger who asks is served', async () => {
    await freed(20);
    expect((await askForSlot(app, stranger, cell, HOUR)).__typename).toBe('SlotTaken');
    expect(await stateOf(next)).toBe('OFFERED');
  });

  it('is gone through pass by pass, and until then no stranger gets anything of the cell', async () => {
    await freed(80);
    expect(await askForSlot(app, stranger, cell, HOUR)).toMatchObject({
      message: expect.stringMatching(/^Many wait/),
    });
    expect(await stateOf(next)).toBe('WAITING');
    await app.clock.step(61_000);
    for (let sweep = 1; sweep <= 14; sweep += 1) await app.nest.get(ServeQueues, { strict: false }).run();
    expect(await stateOf(next)).toBe('OFFERED');
  });

  it('is gone through before a round is opened on what is free', async () => {
    await freed(80);
    const deadlineAt = '2026-11-19T09:00:00.000Z';
    const early = await askForRound(app, coop.admin, cell, [HOUR], { deadlineAt, cap: 1 });
    expect(early).toMatchObject({
      __typename: 'RoundSlotRefused',
      message: expect.stringMatching(/Many wait for time on this cell/),
    });
    expect(await stateOf(next)).toBe('WAITING');
  });
});

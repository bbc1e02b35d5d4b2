import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LapseHolds } from '../../../apps/api/src/booking/lapse-holds/lapse-holds.js';
import { ServeQueues } from '../../../apps/api/src/booking/waiting-list/serve-queues/serve-queues.js';
import { StartRun } from '../../../apps/api/src/production/start-run/start-run.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aBuyer, aQuote, accept, anOffer } from '../../support/builders/exchange.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aLockedDrop, openWork, planned } from '../../support/builders/production.js';
import { aPlace, entriesOf } from '../../support/builders/waiting-list.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { mutate } from '../workshops/mutate.js';
import { aBooking, nothingIsWrong } from './scene.js';

const NOW = '2026-11-18T08:00:00.000Z';
const MORNING = ['2026-11-20T09:00:00.000Z', '2026-11-20T11:00:00.000Z'] as const;
const EVENING = ['2026-11-20T18:00:00.000Z', '2026-11-20T19:00:00.000Z'] as const;
const hours = (toMinute: number) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute }));

let app: TestApp;
let coop: TestCoop;
let owner: TestMember;
let waiting: TestMember;
let stranger: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  [owner, waiting, stranger] = await Promise.all([
    aMember(app, coop),
    aMember(app, coop),
    aMember(app, coop),
  ]);
  const workshop = await aWorkshop(app, coop, { timeZone: 'UTC', openingHours: hours(1440) });
  cell = await aCell(app, workshop, { stations: 1 });
});
afterAll(async () => {
  try {
    await nothingIsWrong({ app });
  } finally {
    await app.stop();
  }
});

const itIs = async (instant: string): Promise<void> => {
  await app.clock.freeze(new Date(instant));
  const renewed = async <Who extends { email: string }>(who: Who): Promise<Who> => ({
    ...who,
    token: await signedIn(app, who.email),
  });
  coop = { ...coop, admin: await renewed(coop.admin) };
  [owner, waiting, stranger] = [await renewed(owner), await renewed(waiting), await renewed(stranger)];
};
const entry = async (): Promise<object | undefined> => (await entriesOf(app, waiting, coop.coopId))[0];
const closed = async (): Promise<string> => {
  const [row] = await app.database.query<{ id: string }>(
    `insert into closure (coop_id, workshop_id, from_at, to_at, reason)
     values ($1, $2, $3, $4, 'Stocktaking') returning id`,
    [coop.coopId, cell.workshopId, ...MORNING],
  );
  return row?.id ?? '';
};
// A wish must fit the hours, so half of it is open and taken.
const WIDE = [MORNING[0], '2026-11-20T12:00:00.000Z'] as const;
const waitsForMorning = async (): Promise<void> => {
  await aBooking({ app, coop, member: owner, cell }, [MORNING[1], WIDE[1]]);
  await aPlace(app, waiting, cell, WIDE, { minutes: 60 });
};

describe('who waits comes first', () => {
  it('when a member moves a booking to where a hold has lapsed', async () => {
    const bookingId = await aBooking({ app, coop, member: stranger, cell }, EVENING);
    await aHold(app, owner, cell, MORNING);
    await aPlace(app, waiting, cell, MORNING);
    await itIs('2026-11-18T08:15:00.000Z');
    const moved = await changeClaim(app, stranger, 'rescheduleBooking', {
      ...{ coopId: coop.coopId, bookingId, fromAt: MORNING[0], toAt: MORNING[1] },
    });
    expect(moved.__typename).toBe('SlotTaken');
    expect(await entry()).toMatchObject({ state: 'OFFERED', booking: { fromAt: MORNING[0] } });
    const [kept] = await app.database.query('select state from booking where id = $1', [bookingId]);
    expect(kept).toEqual({ state: 'confirmed' });
  });

  it('when a closure is taken back, whatever way a stranger asks', async () => {
    const bookingId = await aBooking({ app, coop, member: stranger, cell }, EVENING);
    const closureId = await closed();
    await waitsForMorning();
    await mutate(
      app,
      coop.admin,
      'removeClosure',
      'ClosureRemoved { closureId }',
      {
        ...{ coopId: coop.coopId, closureId },
      },
      '',
    );
    const first = [MORNING[0], '2026-11-20T10:00:00.000Z'] as const;
    const asked = { coopId: coop.coopId, cellId: cell.cellId };
    const series = await mutate(
      app,
      stranger,
      'bookSeries',
      'SeriesBooked { sequence }',
      {
        ...{ ...asked, firstAt: first[0], minutes: 60, weeks: 2, requestId: randomUUID() },
      },
      '',
    );
    expect(series.__typename).toBe('SeriesConflicts');
    const held = await askForSlot(app, stranger, cell, first);
    expect(held.__typename).toBe('SlotTaken');
    const [fromAt, toAt] = first;
    const moved = await changeClaim(app, stranger, 'rescheduleBooking', {
      ...{ coopId: coop.coopId, bookingId, fromAt, toAt },
    });
    expect(moved.__typename).toBe('SlotTaken');
    expect(await entry()).toMatchObject({ state: 'OFFERED', booking: { fromAt: MORNING[0] } });
  });

  it('when the hours become longer and a stranger asks for the next free window', async () => {
    const closureId = await closed();
    await waitsForMorning();
    await app.database.query('delete from closure where id = $1', [closureId]);
    const next = await mutate(
      app,
      stranger,
      'holdNextFree',
      'SlotHeld { booking { fromAt } }',
      {
        ...{ coopId: coop.coopId, cellId: cell.cellId, minutes: 60, notBefore: MORNING[0] },
        requestId: randomUUID(),
      },
      '',
    );
    expect(next).toMatchObject({ booking: { fromAt: '2026-11-20T10:00:00.000Z' } });
    expect(await entry()).toMatchObject({ state: 'OFFERED', booking: { fromAt: MORNING[0] } });
  });

  it('and is offered nothing that is taken when something long past is freed', async () => {
    const past = await aBooking({ app, coop, member: owner, cell }, MORNING);
    await itIs('2027-04-20T08:00:00.000Z');
    await aBooking({ app, coop, member: owner, cell }, ['2027-04-21T09:00:00Z', '2027-04-21T11:00:00Z']);
    const taken = ['2027-04-22T09:00:00.000Z', '2027-04-22T11:00:00.000Z'] as const;
    await aBooking({ app, coop, member: owner, cell }, taken);
    await aPlace(app, waiting, cell, taken);
    const marked = await changeClaim(app, coop.admin, 'markNoShow', { coopId: coop.coopId, bookingId: past });
    expect(marked.__typename).toBe('NoShowMarked');
    expect(await entry()).toMatchObject({ state: 'WAITING' });
  });

  it('and is offered nothing that is taken when the sweep comes back after a week', async () => {
    await aHold(app, owner, cell, MORNING);
    await itIs('2026-11-27T08:00:00.000Z');
    await aBooking({ app, coop, member: owner, cell }, ['2027-02-23T09:00:00Z', '2027-02-23T11:00:00Z']);
    const taken = ['2027-02-24T09:00:00.000Z', '2027-02-24T11:00:00.000Z'] as const;
    await aBooking({ app, coop, member: owner, cell }, taken);
    await app.database.query(
      `insert into waiting_entry (coop_id, turn, cell_id, account_id, earliest_at, latest_at, minutes, least_minutes,
         joined_at, looked_at) values ($1, nextval('booking_event_sequence'), $2, $3, $4, $5, 120, 120, app_now(), app_now())`,
      [coop.coopId, cell.cellId, waiting.accountId, ...taken],
    );
    await app.nest.get(LapseHolds, { strict: false }).run();
    expect(await entry()).toMatchObject({ state: 'WAITING' });
  });
});

describe('who waits comes before work that others have ordered', () => {
  // The first hour is booked, the next two are in a hold that will be dead, and what follows is free.
  const taken = async (day: string): Promise<void> => {
    await aBooking({ app, coop, member: owner, cell }, [`${day}T08:00:00Z`, `${day}T09:00:00Z`]);
    const held = [`${day}T09:00:00.000Z`, `${day}T11:00:00.000Z`] as const;
    await aHold(app, owner, cell, held);
    await aPlace(app, waiting, cell, held);
  };
  const offered = (day: string) => ({
    state: 'OFFERED',
    booking: { fromAt: `${day}T09:00:00.000Z`, toAt: `${day}T11:00:00.000Z` },
  });

  it('when a peer accepts a quote', async () => {
    const steps = [{ cellKind: 'print', minutesPerBatch: 30, minutesPerUnit: 2 }];
    const [offer, buyer] = [await anOffer(app, coop, { steps }), await aBuyer(app)];
    await taken('2026-11-18');
    const quote = await aQuote(app, buyer, offer);
    await itIs('2026-11-18T08:15:00.000Z');
    const { order } = await accept(app, buyer, quote);
    expect(await entry()).toMatchObject(offered('2026-11-18'));
    expect(order?.bookings).toMatchObject([{ fromAt: '2026-11-18T11:00:00.000Z' }]);
  });

  it('when a run is planned', async () => {
    await aCell(app, cell, { kind: 'qa', name: 'Bench', stations: 1 });
    const drop = await aLockedDrop(app, coop, [1]);
    await itIs('2026-11-25T08:00:00.000Z');
    await taken('2026-11-25');
    await itIs('2026-11-25T08:15:00.000Z');
    const started = await app.nest.get(StartRun, { strict: false }).run(drop);
    if (started.kind !== 'RunStarted') throw new Error(`Expected a run, got ${started.kind}.`);
    await planned(app, { ...drop, runId: started.runId });
    expect(await entry()).toMatchObject(offered('2026-11-25'));
    const [first] = await openWork(app, started.runId);
    expect(first).toMatchObject({ kind: 'print', fromAt: new Date('2026-11-25T11:00:00Z') });
  });
});

describe('who waits is served in the very transaction', () => {
  const served = async (fromAt: string = MORNING[0]): Promise<void> => {
    expect(await entry()).toMatchObject({ state: 'OFFERED', booking: { fromAt } });
  };
  const EIGHT = '2026-11-20T08:00:00.000Z';
  const nights = hours(480);

  it('that takes a closure back', async () => {
    const closureId = await closed();
    await waitsForMorning();
    const input = { coopId: coop.coopId, closureId };
    await mutate(app, coop.admin, 'removeClosure', 'ClosureRemoved { closureId }', input, '');
    await served();
  });

  it('that lengthens the hours of the workshop', async () => {
    await waitsForTheDay();
    const input = { coopId: coop.coopId, workshopId: cell.workshopId, openingHours: hours(1440) };
    await mutate(app, coop.admin, 'setOpeningHours', 'OpeningHoursSet { __typename }', input);
    await served(EIGHT);
  });

  it('that lengthens the hours of the cell', async () => {
    await waitsForTheDay();
    const input = { coopId: coop.coopId, cellId: cell.cellId, openingHours: hours(1440) };
    await mutate(app, coop.admin, 'setOwnHours', 'OwnHoursSet { __typename }', input);
    await served(EIGHT);
  });

  async function waitsForTheDay(): Promise<void> {
    // A wish must fit the hours, so an hour of the night before is open and taken.
    const night = ['2026-11-20T07:00:00.000Z', '2026-11-20T08:00:00.000Z'] as const;
    await aBooking({ app, coop, member: owner, cell }, night);
    const input = { coopId: coop.coopId, workshopId: cell.workshopId, openingHours: nights };
    await mutate(app, coop.admin, 'setOpeningHours', 'OpeningHoursSet { __typename }', input);
    await aPlace(app, waiting, cell, [night[0], WIDE[1]], { minutes: 60 });
  }
});

describe('a cell in which something is broken', () => {
  it('keeps no other cell from its sweeps', async () => {
    const broken = await aCell(app, cell, { name: 'Broken', stations: 1 });
    await aHold(app, owner, broken, MORNING);
    await aPlace(app, waiting, broken, MORNING);
    await app.database.query(`create function broken_cell() returns trigger language plpgsql as
      $$ begin raise exception 'the disk under this row is broken'; end $$`);
    await app.database.query(`create trigger broken_cell before update on booking for each row
      when (old.cell_id = '${broken.cellId}') execute function broken_cell()`);
    try {
      await app.clock.step(1000);
      await aHold(app, owner, cell, MORNING);
      await aPlace(app, waiting, cell, MORNING);
      await itIs('2026-11-18T08:16:00.000Z');
      await expect(app.nest.get(ServeQueues, { strict: false }).run()).resolves.toBeGreaterThan(0);
      expect(await app.nest.get(LapseHolds, { strict: false }).run()).toBe(0);
      const states = (await entriesOf(app, waiting, coop.coopId)).map(({ state }) => state);
      expect(states).toEqual(['OFFERED', 'WAITING']);
    } finally {
      await app.database.query('drop trigger broken_cell on booking');
      await app.database.query('drop function broken_cell');
    }
    await app.nest.get(LapseHolds, { strict: false }).run();
    const [, first] = await entriesOf(app, waiting, coop.coopId);
    expect(first).toMatchObject({ state: 'OFFERED' });
  });
});

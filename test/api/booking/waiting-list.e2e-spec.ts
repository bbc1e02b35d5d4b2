import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LapseHolds } from '../../../apps/api/src/booking/lapse-holds/lapse-holds.js';
import { ServeQueues } from '../../../apps/api/src/booking/waiting-list/serve-queues/serve-queues.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import {
  aPlace,
  entriesOf,
  joinQueue,
  leaveQueue,
  type TestEntry,
} from '../../support/builders/waiting-list.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { mutate } from '../workshops/mutate.js';
import { nothingIsWrong, setPolicy } from './scene.js';

const NOW = '2026-11-18T08:00:00.000Z';
const MORNING = ['2026-11-20T09:00:00.000Z', '2026-11-20T11:00:00.000Z'] as const;
const DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));

let app: TestApp;
let coop: TestCoop;
let owner: TestMember;
let first: TestMember;
let second: TestMember;
let stranger: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
  await app.clock.freeze(new Date(NOW));
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  [owner, first, second, stranger] = await Promise.all([
    aMember(app, coop),
    aMember(app, coop),
    aMember(app, coop),
    aMember(app, coop),
  ]);
  const workshop = await aWorkshop(app, coop, { timeZone: 'UTC', openingHours: DAY });
  cell = await aCell(app, workshop, { stations: 1 });
});
afterAll(async () => {
  try {
    await nothingIsWrong({ app });
  } finally {
    await app.stop();
  }
});

async function booked(window: readonly [string, string] = MORNING, input: object = {}): Promise<string> {
  const { id } = await aHold(app, owner, cell, window, input);
  const answer = await changeClaim(app, owner, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
  expect(answer.__typename).toBe('BookingConfirmed');
  return id;
}
const cancel = (bookingId: string): Promise<unknown> =>
  changeClaim(app, owner, 'cancelBooking', { coopId: coop.coopId, bookingId });
// Access tokens end long before an offer does.
const renewed = async (who: TestMember): Promise<TestMember> => ({
  ...who,
  token: await signedIn(app, who.email),
});
async function removed({ accountId }: TestMember): Promise<void> {
  const input = { coopId: coop.coopId, accountId };
  const answer = await mutate(app, coop.admin, 'removeMember', 'MemberRemoved { accountId }', input, '');
  expect(answer.__typename).toBe('MemberRemoved');
}
async function onlyEntry(who: TestMember): Promise<TestEntry> {
  const [entry] = await entriesOf(app, who, coop.coopId);
  if (entry === undefined) throw new Error('Expected an entry of the member, found none.');
  return entry;
}

describe('who waits for a cell', () => {
  it('has a place, moves up when somebody leaves, and can leave once', async () => {
    await booked();
    const entryId = await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING);
    expect(await onlyEntry(second)).toMatchObject({ state: 'WAITING', place: 2, booking: null });
    const { coopId } = coop;
    expect(await leaveQueue(app, second, { coopId, entryId })).toMatchObject({ __typename: 'NotFound' });
    const left = await leaveQueue(app, first, { coopId, entryId });
    expect(left).toMatchObject({ __typename: 'WaitingListLeft', entry: { state: 'LEFT', place: null } });
    expect(await onlyEntry(second)).toMatchObject({ place: 1 });
    expect(await leaveQueue(app, first, { coopId, entryId })).toMatchObject({
      __typename: 'NotWaiting',
      state: 'LEFT',
    });
  });

  it('joins once for the same request, and never for what can be held now', async () => {
    const free = await joinQueue(app, first, cell, MORNING);
    expect(free).toMatchObject({
      __typename: 'SlotIsFree',
      alternative: { stationId: cell.stationIds[0], fromAt: MORNING[0], toAt: MORNING[1] },
    });
    await booked(['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z']);
    const part = await joinQueue(app, first, cell, MORNING, { leastMinutes: 60 });
    expect(part).toMatchObject({
      __typename: 'SlotIsFree',
      alternative: { fromAt: '2026-11-20T10:00:00.000Z' },
    });
    const requestId = randomUUID();
    const joined = await joinQueue(app, first, cell, MORNING, { requestId });
    expect(joined.__typename).toBe('WaitingListJoined');
    const again = await joinQueue(app, first, cell, MORNING, { requestId });
    expect(again.entry?.id).toBe(joined.entry?.id);
    const other = await joinQueue(app, first, cell, MORNING, { requestId, leastMinutes: 30 });
    expect(other.__typename).toBe('RequestIdReused');
    expect(await entriesOf(app, first, coop.coopId)).toHaveLength(1);
  });

  it.each<[string, readonly [string, string], object, object]>([
    ['off the grid', MORNING, { minutes: 45 }, { reason: 'OFF_GRID' }],
    ['for no time', MORNING, { minutes: 0 }, { reason: 'OFF_GRID' }],
    [
      'for longer than a booking may last',
      ['2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
      { minutes: 510 },
      { reason: 'TOO_LONG' },
    ],
    ['for a least that is more than the wish', MORNING, { leastMinutes: 150 }, { reason: 'LEAST' }],
    ['for more than there is between its ends', MORNING, { minutes: 150 }, { reason: 'RANGE_TOO_SHORT' }],
    ['for what is past', ['2026-11-18T06:00:00.000Z', '2026-11-18T08:00:00.000Z'], {}, { reason: 'PAST' }],
    [
      'for what is too far ahead',
      ['2027-06-01T06:00:00.000Z', '2027-06-01T08:00:00.000Z'],
      {},
      { reason: 'BEYOND_HORIZON' },
    ],
    ['below no price', MORNING, { maxPriceMinor: '-1' }, { reason: 'PRICE' }],
  ])('cannot wish %s', async (_, window, input, expected) => {
    await booked();
    expect(await joinQueue(app, first, cell, window, input)).toMatchObject({
      __typename: 'WishInvalid',
      ...expected,
    });
    expect(await entriesOf(app, first, coop.coopId)).toEqual([]);
  });

  it('cannot wait for a family or a cell that there is not, for closed hours, nor in more than ten places', async () => {
    await booked();
    const family = await joinQueue(app, first, cell, MORNING, { family: 'gold' });
    expect(family).toMatchObject({ __typename: 'FamilyUnknown', families: [] });
    const nowhere = await joinQueue(app, first, { coopId: coop.coopId, cellId: randomUUID() }, MORNING);
    expect(nowhere.__typename).toBe('NotFound');
    const weekdays = await aWorkshop(app, coop, {
      timeZone: 'UTC',
      openingHours: [{ weekday: 1, fromMinute: 480, toMinute: 600 }],
    });
    const rarely = await aCell(app, weekdays, { stations: 1 });
    expect(await joinQueue(app, first, rarely, MORNING)).toMatchObject({
      __typename: 'WishInvalid',
      reason: 'NEVER_OPEN',
    });
    for (let count = 0; count < 10; count += 1) await aPlace(app, first, cell, MORNING);
    const eleventh = await joinQueue(app, first, cell, MORNING);
    expect(eleventh).toMatchObject({ __typename: 'WaitingLimitReached', limit: 10 });
  });

  it('has no place any more once they are removed from the co-op, and is not looked at again and again', async () => {
    await booked();
    const entryId = await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING);
    await removed(first);
    await app.clock.step(60_000);
    await app.nest.get(ServeQueues, { strict: false }).run();
    expect(
      await app.database.query('select state from waiting_entry where coop_id = $1 and id = $2', [
        coop.coopId,
        entryId,
      ]),
    ).toEqual([{ state: 'left' }]);
    expect(await onlyEntry(second)).toMatchObject({ state: 'WAITING', place: 1 });
  });

  it('has an entry that expires when its latest end is over', async () => {
    await booked();
    await aPlace(app, first, cell, MORNING);
    await app.clock.freeze(new Date(MORNING[1]));
    expect(await onlyEntry(await renewed(first))).toMatchObject({ state: 'EXPIRED', place: null });
    await app.nest.get(ServeQueues, { strict: false }).run();
    const [row] = await app.database.query<{ state: string }>(
      'select state from waiting_entry where coop_id = $1',
      [coop.coopId],
    );
    expect(row?.state).toBe('expired');
  });
});

describe('what becomes free', () => {
  it('is held for the next in line for the time to answer, who is told, and becomes theirs when they confirm', async () => {
    const bookingId = await booked();
    await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING);
    await cancel(bookingId);
    const { booking, ...entry } = await onlyEntry(first);
    expect(entry).toMatchObject({ state: 'OFFERED', place: null });
    expect(booking).toMatchObject({
      ...{ state: 'HELD', origin: 'WAITING', fromAt: MORNING[0], toAt: MORNING[1], priceMinor: '4800' },
      expiresAt: '2026-11-18T09:00:00.000Z',
    });
    expect(await onlyEntry(second)).toMatchObject({ state: 'WAITING', place: 1 });
    const [notice] = await app.database.query<{ title: string; kind: string }>(
      'select title, kind from notice where account_id = $1',
      [first.accountId],
    );
    expect(notice).toEqual({ kind: 'waiting_offer', title: 'Your turn on Print: a place has become free' });
    const confirmed = await changeClaim(app, first, 'confirmBooking', {
      coopId: coop.coopId,
      bookingId: booking?.id ?? '',
    });
    expect(confirmed.__typename).toBe('BookingConfirmed');
    expect(await onlyEntry(first)).toMatchObject({ state: 'TAKEN', booking: { state: 'CONFIRMED' } });
  });

  it('goes to the next in line when the offer is released, and to nobody who let one go', async () => {
    const bookingId = await booked();
    await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING);
    await cancel(bookingId);
    const offered = (await onlyEntry(first)).booking?.id ?? '';
    await changeClaim(app, first, 'releaseHold', { coopId: coop.coopId, bookingId: offered });
    expect(await onlyEntry(first)).toMatchObject({ state: 'MISSED' });
    expect(await onlyEntry(second)).toMatchObject({ state: 'OFFERED', booking: { fromAt: MORNING[0] } });
  });

  it('goes on down the line exactly when the time to answer is over, found by a stranger or by the sweep', async () => {
    const bookingId = await booked();
    await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING);
    await cancel(bookingId);
    const lapse = app.nest.get(LapseHolds, { strict: false });
    const at = async (time: string): Promise<void> => {
      await app.clock.freeze(new Date(`2026-11-18T${time}Z`));
      [first, second, stranger] = (await Promise.all([first, second, stranger].map(renewed))) as [
        TestMember,
        TestMember,
        TestMember,
      ];
    };
    await at('08:59:59.999');
    await lapse.run();
    expect((await askForSlot(app, stranger, cell, MORNING)).__typename).toBe('SlotTaken');
    expect(await onlyEntry(first)).toMatchObject({ state: 'OFFERED' });
    await at('09:00:00.000');
    expect(await onlyEntry(first)).toMatchObject({ state: 'MISSED' });
    expect((await askForSlot(app, stranger, cell, MORNING)).__typename).toBe('SlotTaken');
    expect(await onlyEntry(second)).toMatchObject({
      ...{ state: 'OFFERED', booking: { expiresAt: '2026-11-18T10:00:00.000Z' } },
    });
    await at('10:00:00.000');
    await lapse.run();
    expect(await onlyEntry(second)).toMatchObject({ state: 'MISSED' });
    expect((await askForSlot(app, stranger, cell, MORNING)).__typename).toBe('SlotHeld');
  });

  it('is given as a part when all of it is not there and a part would do, on any station', async () => {
    cell = await aCell(app, cell, { stations: 2 });
    const later = ['2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00.000Z'] as const;
    const [one, two] = cell.stationIds;
    await booked(MORNING, { stationId: one });
    await booked(['2026-11-20T09:00:00.000Z', later[0]], { stationId: two });
    const gone = await booked(later, { stationId: two });
    await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING, { leastMinutes: 30 });
    await cancel(gone);
    expect(await onlyEntry(first)).toMatchObject({ state: 'WAITING' });
    expect(await onlyEntry(second)).toMatchObject({
      state: 'OFFERED',
      booking: { fromAt: later[0], toAt: later[1], station: { id: two }, priceMinor: '2400' },
    });
  });

  it('is given with the changeovers of the family that was wished for, and those of its neighbours', async () => {
    await mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { sequence }', {
      ...{ coopId: coop.coopId, cellId: cell.cellId, families: ['black', 'red'], defaultFamily: 'black' },
      rows: [{ from: '*', to: '*', minutes: 30, costMinor: '0' }],
    });
    await booked(['2026-11-20T08:00:00.000Z', MORNING[0]]);
    await booked([MORNING[1], '2026-11-20T12:00:00.000Z']);
    const gone = await booked();
    await aPlace(app, first, cell, MORNING, { family: 'red', leastMinutes: 60 });
    await cancel(gone);
    expect(await onlyEntry(first)).toMatchObject({
      ...{
        state: 'OFFERED',
        booking: { fromAt: '2026-11-20T09:30:00.000Z', toAt: '2026-11-20T10:30:00.000Z' },
      },
    });
    const claims = await app.database.query<{ minutes: number }>(
      `select changeover_minutes as minutes from booking where coop_id = $1 and ended_at is null order by lower(during)`,
      [coop.coopId],
    );
    expect(claims.map(({ minutes }) => minutes)).toEqual([0, 30, 30]);
  });

  it('is held for as long as the co-op gives time to answer', async () => {
    await setPolicy({ app, coop, member: owner, cell }, { waitingAnswerMinutes: 200 });
    const bookingId = await booked();
    await aPlace(app, first, cell, MORNING);
    await cancel(bookingId);
    expect((await onlyEntry(first)).booking?.expiresAt).toBe('2026-11-18T11:20:00.000Z');
  });

  it('passes over who can hold no more, and who finds it too dear', async () => {
    const bookingId = await booked();
    for (const hour of ['12', '13', '14'])
      await aHold(app, first, cell, [`2026-11-21T${hour}:00:00.000Z`, `2026-11-21T${hour}:30:00.000Z`]);
    await aPlace(app, first, cell, MORNING);
    await aPlace(app, second, cell, MORNING, { maxPriceMinor: '4799' });
    await aPlace(app, stranger, cell, MORNING, { maxPriceMinor: '4800' });
    await cancel(bookingId);
    const states = await Promise.all(
      [first, second, stranger].map(async (who) => (await onlyEntry(who)).state),
    );
    expect(states).toEqual(['WAITING', 'WAITING', 'OFFERED']);
  });

  it('need not come from a claim: who waits is looked at again after a while', async () => {
    await app.database.query(
      `insert into closure (coop_id, workshop_id, from_at, to_at, reason) values ($1, $2, $3, $4, 'Stocktaking')`,
      [coop.coopId, cell.workshopId, MORNING[0], '2026-11-20T10:00:00.000Z'],
    );
    const wide = ['2026-11-20T09:00:00.000Z', '2026-11-20T12:00:00.000Z'] as const;
    await booked(['2026-11-20T10:00:00.000Z', '2026-11-20T12:00:00.000Z']);
    expect((await joinQueue(app, second, cell, wide, { minutes: 60 })).__typename).toBe('WaitingListJoined');
    await app.database.query('delete from closure where coop_id = $1', [coop.coopId]);
    await app.clock.step(60_000);
    await app.nest.get(ServeQueues, { strict: false }).run();
    expect(await onlyEntry(second)).toMatchObject({ state: 'OFFERED', booking: { fromAt: MORNING[0] } });
  });

  it('is held no longer than to the start of its window, but long enough to answer', async () => {
    const soon = ['2026-11-18T08:30:00.000Z', '2026-11-18T09:30:00.000Z'] as const;
    const bookingId = await booked(soon);
    await aPlace(app, first, cell, soon);
    await cancel(bookingId);
    expect((await onlyEntry(first)).booking?.expiresAt).toBe('2026-11-18T08:30:00.000Z');
  });

  it.each([
    ['two days to answer', 2880, '2026-11-18T08:15:00.000Z'],
    ['five minutes to answer', 5, '2026-11-18T08:05:00.000Z'],
  ])(
    'of %s is held like any hold once it is moved to another window, and never longer than before',
    async (_, waitingAnswerMinutes, expiresAt) => {
      await setPolicy({ app, coop, member: owner, cell }, { waitingAnswerMinutes });
      const bookingId = await booked();
      await aPlace(app, first, cell, MORNING);
      await aPlace(app, second, cell, MORNING);
      await cancel(bookingId);
      const offer = (await onlyEntry(first)).booking;
      const window = { fromAt: '2026-11-18T09:00:00.000Z', toAt: '2026-11-18T10:00:00.000Z' };
      const input = { coopId: coop.coopId, bookingId: offer?.id ?? '', ...window };
      const moved = await changeClaim(app, first, 'rescheduleBooking', input, 'id state origin expiresAt');
      expect(moved.booking).toMatchObject({ state: 'HELD', origin: 'WAITING', expiresAt });
      // What it leaves goes to the next in line.
      expect((await onlyEntry(second)).booking?.fromAt).toBe(MORNING[0]);
    },
  );

  describe('that its member has moved, and moved again,', () => {
    const LATER = { fromAt: '2026-11-18T12:00:00.000Z', toAt: '2026-11-18T13:00:00.000Z' };
    const LAST = { fromAt: '2026-11-18T14:00:00.000Z', toAt: '2026-11-18T15:00:00.000Z' };
    /** What the entry says before anything has written down what became of it, and after. */
    const stateSeen = async (): Promise<readonly string[]> => {
      const seen = await onlyEntry(first);
      await app.nest.get(ServeQueues, { strict: false }).run();
      return [seen.state, (await onlyEntry(first)).state];
    };
    async function movedTwice(): Promise<string> {
      const bookingId = await booked();
      await aPlace(app, first, cell, MORNING);
      await cancel(bookingId);
      let id = (await onlyEntry(first)).booking?.id ?? '';
      for (const window of [LATER, LAST]) {
        const input = { coopId: coop.coopId, bookingId: id, ...window };
        const moved = await changeClaim(app, first, 'rescheduleBooking', input, 'id');
        expect(moved.__typename).toBe('BookingRescheduled');
        id = moved.booking?.id ?? '';
        expect(await stateSeen()).toEqual(['OFFERED', 'OFFERED']);
      }
      return id;
    }

    it('is taken once it is confirmed where it stands, whatever becomes of the booking then', async () => {
      const input = { coopId: coop.coopId, bookingId: await movedTwice() };
      await changeClaim(app, first, 'confirmBooking', input);
      expect((await onlyEntry(first)).state).toBe('TAKEN');
      await changeClaim(app, first, 'rescheduleBooking', { ...input, ...LATER });
      expect(await stateSeen()).toEqual(['TAKEN', 'TAKEN']);
    });

    it('is missed once it is released', async () => {
      await changeClaim(app, first, 'releaseHold', { coopId: coop.coopId, bookingId: await movedTwice() });
      expect(await stateSeen()).toEqual(['MISSED', 'MISSED']);
    });

    it('is missed from the moment on in which the last hold lapses, swept or not', async () => {
      await movedTwice();
      await app.clock.freeze(new Date('2026-11-18T08:14:59.999Z'));
      first = await renewed(first);
      expect(await stateSeen()).toEqual(['OFFERED', 'OFFERED']);
      await app.clock.freeze(new Date('2026-11-18T08:15:00.000Z'));
      first = await renewed(first);
      expect(await stateSeen()).toEqual(['MISSED', 'MISSED']);
      await app.nest.get(LapseHolds, { strict: false }).run();
      expect(await stateSeen()).toEqual(['MISSED', 'MISSED']);
    });
  });
});

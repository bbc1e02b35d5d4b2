import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { bookSeries, cancelSeries, planSeries, seriesOf } from '../../support/builders/series.js';
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
import { nothingIsWrong, setPolicy } from './scene.js';

const NOW = '2026-10-01T08:00:00.000Z';
/** Fridays at nine in Berlin; the clocks go back on 25 October. */
const FIRST = '2026-10-09T07:00:00.000Z';
const FRIDAYS = [FIRST, '2026-10-16T07:00:00.000Z', '2026-10-23T07:00:00.000Z', '2026-10-30T08:00:00.000Z'];

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let other: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  [member, other] = [await aMember(app, coop), await aMember(app, coop)];
  cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
});
afterAll(async () => {
  try {
    await nothingIsWrong({ app });
  } finally {
    await app.stop();
  }
});

const later = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString();
// Access tokens end after a quarter of an hour.
const renewedToken = (who: TestMember): Promise<string> => signedIn(app, who.email);
async function counts(): Promise<object> {
  const [row] = await app.database.query<{ bookings: number; series: number; entries: number }>(
    `select (select count(*)::int from booking where coop_id = $1) as bookings,
       (select count(*)::int from booking_series where coop_id = $1) as series,
       (select count(*)::int from ledger_entry where coop_id = $1) as entries`,
    [coop.coopId],
  );
  return row ?? {};
}
async function owes(who: TestMember): Promise<string> {
  const [row] = await app.database.query<{ sum: string }>(
    `select coalesce(sum(amount_minor), 0)::text as sum from ledger_entry
      where coop_id = $1 and account = 'member_receivable' and party_id = $2`,
    [coop.coopId, who.accountId],
  );
  return row?.sum ?? '';
}

describe('the plan of a series', () => {
  it('says of each occurrence where and for how much it can be had, at nine before and after the clocks change', async () => {
    const plan = await planSeries(app, member, cell, { firstAt: FIRST, weeks: 4 });
    expect(plan).toMatchObject({
      ...{
        __typename: 'SeriesPlanned',
        rule: 'FREQ=WEEKLY;COUNT=4',
        free: 4,
        conflicts: 0,
        totalMinor: '19200',
      },
      occurrences: FRIDAYS.map((fromAt) => ({
        ...{
          fromAt,
          toAt: later(fromAt, 2),
          stationId: cell.stationIds[0],
          priceMinor: '4800',
          conflict: null,
        },
      })),
    });
    expect(await counts()).toEqual({ bookings: 0, series: 0, entries: 0 });
  });

  it('names the conflict and the nearest window of that day for what cannot be had', async () => {
    const [, second = ''] = FRIDAYS;
    await aHold(app, other, cell, [second, later(second, 4)]);
    const plan = await planSeries(app, member, cell, {
      firstAt: FIRST,
      rule: 'RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=3',
    });
    expect(plan).toMatchObject({
      free: 2,
      conflicts: 1,
      totalMinor: '9600',
      rule: 'FREQ=WEEKLY;BYDAY=FR;COUNT=3',
    });
    expect(plan.occurrences?.[1]).toMatchObject({
      ...{ fromAt: second, stationId: null, priceMinor: null },
      conflict: { reason: 'SlotTaken', alternative: { fromAt: later(second, 4), toAt: later(second, 6) } },
    });
  });

  it('has an occurrence at the alternative of its conflict, plans it there, and books it with the rest or not at all', async () => {
    const [first = '', second = '', third = ''] = FRIDAYS;
    await aHold(app, other, cell, [second, later(second, 4)]);
    const rule = { firstAt: FIRST, rule: 'FREQ=WEEKLY;COUNT=3' };
    const { occurrences } = await planSeries(app, member, cell, rule);
    const { alternative } = occurrences?.[1]?.conflict ?? {};
    const place = { occurrenceAt: second, fromAt: alternative?.fromAt, stationId: alternative?.stationId };
    const moved = { ...rule, instead: [place] };
    const plan = await planSeries(app, member, cell, moved);
    const starts = [first, later(second, 4), third];
    expect(plan).toMatchObject({ free: 3, conflicts: 0, totalMinor: '14400' });
    expect(plan.occurrences?.map(({ fromAt }) => fromAt)).toEqual(starts);
    const lost = await aHold(app, other, cell, [later(second, 4), later(second, 6)]);
    const before = await counts();
    expect(await bookSeries(app, member, cell, moved)).toMatchObject({
      __typename: 'SeriesConflicts',
      occurrences: [{ fromAt: later(second, 4), conflict: { reason: 'SlotTaken' } }],
    });
    expect(await counts()).toEqual(before);
    await changeClaim(app, other, 'releaseHold', { coopId: coop.coopId, bookingId: lost.id });
    const booked = await bookSeries(app, member, cell, moved);
    expect(booked).toMatchObject({ __typename: 'SeriesBooked', totalMinor: '14400' });
    expect(booked.series?.bookings.map(({ fromAt }) => fromAt)).toEqual(starts);
  });

  it.each<[string, (second: string) => object]>([
    ['a start that the series does not have', (at) => ({ occurrenceAt: later(at, 1), fromAt: later(at, 4) })],
    ['two occurrences at one start', (at) => ({ occurrenceAt: at, fromAt: FIRST })],
    [
      'a station of another cell',
      (at) => ({ occurrenceAt: at, fromAt: later(at, 4), stationId: randomUUID() }),
    ],
  ])('is refused when an occurrence is put elsewhere and names %s', async (_, place) => {
    const input = { firstAt: FIRST, weeks: 3, instead: [place(FRIDAYS[1] ?? '')] };
    const refused = { __typename: 'SeriesInvalid', reason: 'UNREADABLE' };
    expect(await planSeries(app, member, cell, input)).toMatchObject(refused);
    expect(await bookSeries(app, member, cell, input)).toMatchObject(refused);
    expect(await counts()).toEqual({ bookings: 0, series: 0, entries: 0 });
  });

  it('counts what comes before in the same week against a quota', async () => {
    await app.database.query(
      `insert into quota_rule (coop_id, member_class, cell_kind, period, minutes, set_at) values ($1, 'standard', 'print', 'week', 240, $2)`,
      [coop.coopId, NOW],
    );
    const input = { firstAt: '2026-10-05T07:00:00.000Z', rule: 'FREQ=DAILY;COUNT=4' };
    const plan = await planSeries(app, member, cell, input);
    expect(plan.occurrences?.map(({ conflict }) => conflict?.reason ?? 'free')).toEqual([
      ...['free', 'free', 'QuotaExceeded', 'QuotaExceeded'],
    ]);
    const booked = await bookSeries(app, member, cell, input);
    expect(booked.__typename).toBe('SeriesConflicts');
    expect(booked.occurrences?.map(({ fromAt }) => fromAt)).toEqual(
      plan.occurrences?.slice(2).map(({ fromAt }) => fromAt),
    );
    expect(await counts()).toEqual({ bookings: 0, series: 0, entries: 0 });
  });

  it.each<[string, object, object]>([
    ['has no FREQ', { rule: 'BYDAY=FR' }, { __typename: 'SeriesInvalid', reason: 'UNREADABLE' }],
    [
      'never occurs',
      { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31' },
      { __typename: 'SeriesInvalid', reason: 'NO_OCCURRENCES' },
    ],
    [
      'ends before it starts',
      { rule: 'FREQ=WEEKLY;UNTIL=20261008' },
      { __typename: 'SeriesInvalid', reason: 'ENDS_BEFORE_START' },
    ],
    [
      'repeats within a day',
      { rule: 'FREQ=HOURLY;COUNT=3' },
      { __typename: 'SeriesInvalid', reason: 'SUB_DAILY' },
    ],
    ['is endless', { rule: 'FREQ=DAILY' }, { __typename: 'SeriesInvalid', reason: 'TOO_MANY' }],
    ['goes on too long', { weeks: 20 }, { __typename: 'SeriesInvalid', reason: 'BEYOND_HORIZON' }],
    ['has no weeks', { weeks: 0 }, { __typename: 'SeriesInvalid', reason: 'UNREADABLE' }],
    ['says neither weeks nor a rule', {}, { __typename: 'SeriesInvalid', reason: 'UNREADABLE' }],
    [
      'says both',
      { weeks: 2, rule: 'FREQ=DAILY;COUNT=2' },
      { __typename: 'SeriesInvalid', reason: 'UNREADABLE' },
    ],
    [
      'starts off the grid',
      { weeks: 2, firstAt: later(FIRST, 0.25) },
      { __typename: 'WindowInvalid', reason: 'OFF_GRID' },
    ],
    ['has no length', { weeks: 2, minutes: 0 }, { __typename: 'WindowInvalid', reason: 'OFF_GRID' }],
    [
      'is too long each time',
      { weeks: 2, minutes: 510 },
      { __typename: 'WindowInvalid', reason: 'TOO_LONG' },
    ],
    ['starts in the past', { weeks: 2, firstAt: '2026-09-25T07:00:00.000Z' }, { __typename: 'WindowInPast' }],
    [
      'needs what the cell is never set up for',
      { weeks: 2, family: 'gold' },
      { __typename: 'FamilyUnknown' },
    ],
    ['is for no cell', { weeks: 2, cellId: randomUUID() }, { __typename: 'NotFound' }],
    ['is for no station', { weeks: 2, stationId: randomUUID() }, { __typename: 'NotFound' }],
  ])('and its booking are refused alike when it %s, and nothing is changed', async (_, input, expected) => {
    const asked = { firstAt: FIRST, ...input };
    expect(await planSeries(app, member, cell, asked)).toMatchObject(expected);
    expect(await bookSeries(app, member, cell, asked)).toMatchObject(expected);
    expect(await counts()).toEqual({ bookings: 0, series: 0, entries: 0 });
  });
});

describe('a series', () => {
  it('is booked and charged as a whole, at the price of its plan, once for the same request', async () => {
    const input = { firstAt: FIRST, weeks: 4, requestId: randomUUID() };
    const booked = await bookSeries(app, member, cell, input);
    expect(booked).toMatchObject({ __typename: 'SeriesBooked', totalMinor: '19200' });
    expect(booked.series?.bookings.map(({ fromAt }) => fromAt)).toEqual(FRIDAYS);
    expect(
      booked.series?.bookings.every(
        ({ state, origin, chargedMinor }) => `${state} ${origin} ${chargedMinor}` === 'CONFIRMED SERIES 4800',
      ),
    ).toBe(true);
    expect(await owes(member)).toBe('19200');
    expect(await bookSeries(app, member, cell, input)).toEqual(booked);
    expect((await bookSeries(app, member, cell, { ...input, weeks: 3 })).__typename).toBe('RequestIdReused');
    expect(await counts()).toMatchObject({ bookings: 4, series: 1 });
    expect(await seriesOf(app, member, coop.coopId)).toMatchObject([
      { id: booked.series?.id, rule: 'FREQ=WEEKLY;COUNT=4' },
    ]);
    expect(await seriesOf(app, other, coop.coopId)).toEqual([]);
  });

  it('is not booked at all when one of it is taken, and is booked without what is left out', async () => {
    const [, second = ''] = FRIDAYS;
    await aHold(app, other, cell, [second, later(second, 2)]);
    const conflicts = await bookSeries(app, member, cell, { firstAt: FIRST, weeks: 4 });
    expect(conflicts).toMatchObject({ __typename: 'SeriesConflicts', occurrences: [{ fromAt: second }] });
    expect(await counts()).toMatchObject({ bookings: 1, series: 0, entries: 0 });
    const unknown = await bookSeries(app, member, cell, {
      firstAt: FIRST,
      weeks: 4,
      leaveOut: [later(second, 1)],
    });
    expect(unknown).toMatchObject({ __typename: 'SeriesInvalid', reason: 'UNREADABLE' });
    const booked = await bookSeries(app, member, cell, { firstAt: FIRST, weeks: 4, leaveOut: [second] });
    expect(booked).toMatchObject({ __typename: 'SeriesBooked', totalMinor: '14400' });
    expect(booked.series?.bookings).toHaveLength(3);
  });

  it('is refused above the highest price for all of it', async () => {
    const dear = await bookSeries(app, member, cell, { firstAt: FIRST, weeks: 4, maxTotalMinor: '19199' });
    expect(dear).toMatchObject({ __typename: 'PriceAboveMax', priceMinor: '19200' });
    expect(await counts()).toEqual({ bookings: 0, series: 0, entries: 0 });
    const booked = await bookSeries(app, member, cell, { firstAt: FIRST, weeks: 4, maxTotalMinor: '19200' });
    expect(booked.__typename).toBe('SeriesBooked');
  });

  it('pays with prepaid minutes as far as they go, in its plan as in its booking', async () => {
    const pack = await aCreditPack(app, coop, { minutes: 180 });
    await someCredits(app, coop, member, pack);
    const input = { firstAt: FIRST, weeks: 3, useCredits: true };
    const plan = await planSeries(app, member, cell, input);
    expect(plan.occurrences?.map(({ priceMinor }) => priceMinor)).toEqual(['0', '2400', '4800']);
    const booked = await bookSeries(app, member, cell, input);
    expect(booked).toMatchObject({ __typename: 'SeriesBooked', totalMinor: '7200' });
    expect(booked.series?.bookings.map(({ chargedMinor }) => chargedMinor)).toEqual(['0', '2400', '4800']);
  });

  it('spends no prepaid minutes on what costs nothing', async () => {
    const free = await aCell(app, cell, { kind: 'bench', name: 'Bench', hourlyRateMinor: 0n });
    await someCredits(app, coop, member, await aCreditPack(app, coop, { minutes: 180 }));
    const booked = await bookSeries(app, member, free, { firstAt: FIRST, weeks: 3, useCredits: true });
    expect(booked).toMatchObject({ __typename: 'SeriesBooked', totalMinor: '0' });
    expect(
      await app.database.query('select spent_minutes from credit_grant where account_id = $1', [
        member.accountId,
      ]),
    ).toEqual([{ spent_minutes: 0 }]);
  });

  it('has the changeovers of its family between other bookings, and is refused where they do not fit', async () => {
    await mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { sequence }', {
      ...{ coopId: coop.coopId, cellId: cell.cellId, families: ['black', 'red'], defaultFamily: 'black' },
      rows: [{ from: '*', to: '*', minutes: 30, costMinor: '500' }],
    });
    const [, second = ''] = FRIDAYS;
    await aHold(app, other, cell, [later(second, 2), later(second, 4)]);
    await aHold(app, other, cell, [later(FIRST, 2.5), later(FIRST, 4)]);
    const plan = await planSeries(app, member, cell, { firstAt: FIRST, weeks: 3, family: 'red' });
    expect(plan.occurrences?.map(({ conflict }) => conflict?.reason ?? 'free')).toEqual([
      ...['free', 'SlotTaken', 'free'],
    ]);
    const black = await planSeries(app, member, cell, { firstAt: FIRST, weeks: 3 });
    expect(black).toMatchObject({ free: 3 });
    const booked = await bookSeries(app, member, cell, {
      firstAt: FIRST,
      weeks: 3,
      family: 'red',
      leaveOut: [second],
    });
    expect(booked.__typename).toBe('SeriesBooked');
  });

  it('is cancelled for the fee of each occurrence by its own notice', async () => {
    await setPolicy({ app, coop, member, cell });
    const booked = await bookSeries(app, member, cell, { firstAt: '2026-10-01T12:00:00.000Z', weeks: 2 });
    const input = { coopId: coop.coopId, seriesId: booked.series?.id ?? '' };
    const cancelled = await cancelSeries(app, member, input);
    expect(cancelled).toMatchObject({ cancelled: 2, feeMinor: '2400' });
    expect(await owes(member)).toBe('2400');
  });

  it('answers a cancellation again with what it cancelled, not with what was cancelled one by one before', async () => {
    await setPolicy({ app, coop, member, cell }, { cancelTiers: [{ noticeHours: 0, feePercent: 50 }] });
    const booked = await bookSeries(app, member, cell, { firstAt: FIRST, weeks: 3 });
    const { coopId } = coop;
    const bookingId = booked.series?.bookings[1]?.id ?? '';
    await changeClaim(app, member, 'cancelBooking', { coopId, bookingId });
    await app.clock.step(60_000);
    const input = { coopId, seriesId: booked.series?.id ?? '', requestId: randomUUID() };
    const cancelled = await cancelSeries(app, member, input);
    expect(cancelled).toMatchObject({ __typename: 'SeriesCancelled', cancelled: 2, feeMinor: '4800' });
    expect(await cancelSeries(app, member, input)).toEqual(cancelled);
  });

  it('is cancelled as to what is still to come, and what that frees goes to who waits', async () => {
    const booked = await bookSeries(app, member, cell, { firstAt: '2026-10-01T09:00:00.000Z', weeks: 3 });
    const [, second] = booked.series?.bookings ?? [];
    if (second === undefined) throw new Error('Expected a second occurrence.');
    await aPlace(app, other, cell, [second.fromAt, second.toAt]);
    await app.clock.freeze(new Date('2026-10-01T09:00:00.000Z'));
    const fresh = await aMember(app, coop);
    const { coopId } = coop;
    const seriesId = booked.series?.id ?? '';
    const token = await renewedToken(member);
    expect((await cancelSeries(app, fresh, { coopId, seriesId })).__typename).toBe('NotFound');
    const requestId = randomUUID();
    const cancelled = await cancelSeries(app, { token }, { coopId, seriesId, requestId });
    expect(cancelled).toMatchObject({ __typename: 'SeriesCancelled', cancelled: 2, feeMinor: '0' });
    expect(cancelled.series?.bookings.map(({ state }) => state)).toEqual([
      'CONFIRMED',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(await owes(member)).toBe('4800');
    const waiting = await entriesOf(app, { token: await renewedToken(other) }, coopId);
    expect(waiting).toMatchObject([{ state: 'OFFERED', booking: { fromAt: second.fromAt } }]);
    expect(await cancelSeries(app, { token }, { coopId, seriesId, requestId })).toMatchObject({
      cancelled: 2,
    });
    expect((await cancelSeries(app, { token }, { coopId, seriesId })).__typename).toBe('NothingToCancel');
  });

  it('never takes what others wait for', async () => {
    const [, second = ''] = FRIDAYS;
    const hold = await aHold(app, other, cell, [second, later(second, 2)]);
    const waiter = await aMember(app, coop);
    await aPlace(app, waiter, cell, [second, later(second, 2)]);
    await app.clock.freeze(new Date(hold.expiresAt));
    const token = await renewedToken(member);
    const conflicts = await bookSeries(app, { token }, cell, { firstAt: FIRST, weeks: 4 });
    expect(conflicts).toMatchObject({ __typename: 'SeriesConflicts', occurrences: [{ fromAt: second }] });
    const entries = await entriesOf(app, { token: await renewedToken(waiter) }, coop.coopId);
    expect(entries).toMatchObject([{ state: 'OFFERED' }]);
  });
});

describe('at once', () => {
  it('gives a series to one of eight who want it, as a whole, and nothing of it to the others', async () => {
    const people = [member, other];
    while (people.length < 8) people.push(await aMember(app, coop));
    const answers = await Promise.all(
      people.map((who) => bookSeries(app, who, cell, { firstAt: FIRST, weeks: 8 })),
    );
    const kinds = answers.map((answer) => answer.__typename).sort();
    expect(kinds).toEqual(['SeriesBooked', ...Array.from({ length: 7 }, () => 'SeriesConflicts')]);
    expect(await counts()).toMatchObject({ bookings: 8, series: 1 });
  });

  it('leaves no half of a series when single holds race it', async () => {
    const racers = [];
    for (const at of FRIDAYS) racers.push(askForSlot(app, other, cell, [at, later(at, 2)]));
    const series = bookSeries(app, member, cell, { firstAt: FIRST, weeks: 4 });
    const held = (await Promise.all(racers)).filter((answer) => answer.__typename === 'SlotHeld');
    const outcome = await series;
    expect(['SeriesBooked', 'SeriesConflicts']).toContain(outcome.__typename);
    const all = outcome.__typename === 'SeriesBooked' ? 4 : 0;
    expect(await counts()).toMatchObject({ bookings: held.length + all });
    expect(held.length === 0 || all === 0).toBe(true);
    for (const { booking } of held)
      await changeClaim(app, other, 'releaseHold', { coopId: coop.coopId, bookingId: booking?.id ?? '' });
  });
});

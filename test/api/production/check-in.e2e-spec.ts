import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestMember, aCoop, aMember } from '../../support/builders/membership.js';
import {
  START,
  aFloor,
  aRun,
  ask,
  brokenRules,
  mutationOf,
  openWork,
  tally,
  type TestFloor,
} from '../../support/builders/production.js';
import { aCell, aHold, aWorkshop, changeClaim } from '../../support/builders/workshops.js';

const MINUTE_MS = 60_000;
const DAY = `query ($coopId: ID!, $workshopId: ID!, $date: String!) {
  operatorDay(coopId: $coopId, workshopId: $workshopId, date: $date) {
    title runId booking { id fromAt state station { number } cell { name } } } }`;

interface Task {
  readonly title: string;
  readonly runId: string | null;
  readonly booking: {
    readonly id: string;
    readonly fromAt: string;
    readonly cell: { readonly name: string };
  };
}

describe('the floor', () => {
  let app: TestApp;
  let coop: TestCoop;
  let floor: TestFloor;
  let operator: TestMember;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    await app.clock.freeze(START);
    coop = await aCoop(app);
    floor = await aFloor(app, coop);
    operator = await aMember(app, coop, ['operator']);
  });
  afterAll(async () => {
    expect(await brokenRules(app)).toEqual({});
    await app.stop();
  });

  /** A confirmed booking of a member from 09:30 to 10:30 in Berlin, half an hour from now. */
  const aBooking = async (): Promise<string> => {
    const hold = await aHold(app, coop.admin, floor.print, ['2026-11-02T08:30:00Z', '2026-11-02T09:30:00Z']);
    await changeClaim(app, coop.admin, 'confirmBooking', { coopId: coop.coopId, bookingId: hold.id });
    return hold.id;
  };
  const checkIn = (bookingId: string, input: object = {}, who = operator) =>
    ask(app, who, 'checkIn', { coopId: coop.coopId, bookingId, ...input });
  const checkOut = (bookingId: string, input: object = {}) =>
    ask(app, operator, 'checkOut', { coopId: coop.coopId, bookingId, ...input });
  const dayOf = async (date: string): Promise<Task[]> => {
    const { coopId, workshopId } = floor;
    return (
      await app.gql<{ operatorDay: Task[] }>(DAY, { coopId, workshopId, date }, { token: operator.token })
    ).operatorDay;
  };

  it('checks a booking in from 15 minutes before it starts, to the millisecond, and out once', async () => {
    const booking = await aBooking();
    await app.clock.freeze(new Date(Date.parse('2026-11-02T08:15:00Z') - 1));
    operator = await aMember(app, coop, ['operator']);
    expect(await checkIn(booking)).toMatchObject({ __typename: 'NotYet', reason: 'TOO_EARLY' });
    await app.clock.freeze(new Date('2026-11-02T08:15:00Z'));
    expect(await checkOut(booking)).toMatchObject({ __typename: 'NotCheckedIn' });
    expect(await checkIn(booking)).toMatchObject({
      __typename: 'CheckedIn',
      booking: { checkedInAt: '2026-11-02T08:15:00.000Z', checkedOutAt: null },
    });
    expect(await checkIn(booking)).toMatchObject({ __typename: 'NotYet', reason: 'CHECKED_IN_ALREADY' });
    await app.clock.step(5 * MINUTE_MS);
    expect(await checkOut(booking)).toMatchObject({
      __typename: 'CheckedOut',
      booking: { checkedInAt: '2026-11-02T08:15:00.000Z', checkedOutAt: '2026-11-02T08:20:00.000Z' },
    });
    expect(await checkOut(booking)).toMatchObject({ __typename: 'NotCheckedIn' });
  });

  it('answers the same request again with the same outcome, and refuses it with another input', async () => {
    const booking = await aBooking();
    await app.clock.freeze(new Date('2026-11-02T08:15:00Z'));
    operator = await aMember(app, coop, ['operator']);
    const requestId = randomUUID();
    const first = await checkIn(booking, { requestId });
    expect(await checkIn(booking, { requestId })).toEqual(first);
    expect(await checkIn(randomUUID(), { requestId })).toMatchObject({ __typename: 'RequestIdReused' });
  });

  it('checks nothing in that is only held, was never there, or belongs to another co-op', async () => {
    const hold = await aHold(app, coop.admin, floor.print, ['2026-11-02T08:00:00Z', '2026-11-02T08:30:00Z']);
    expect(await checkIn(hold.id)).toMatchObject({ __typename: 'NotYet', reason: 'NOT_CONFIRMED' });
    expect(await checkIn(randomUUID())).toMatchObject({ __typename: 'NotFound', what: 'booking' });
    expect(await checkIn('no-id')).toMatchObject({ __typename: 'NotFound', what: 'booking' });
    const other = await aCoop(app);
    const theirs = await ask(app, other.admin, 'checkIn', { coopId: other.coopId, bookingId: hold.id });
    expect(theirs).toMatchObject({ __typename: 'NotFound', what: 'booking' });
  });

  it('lets only operators and admins check in', async () => {
    const booking = await aBooking();
    const member = await aMember(app, coop, ['member']);
    const input = { coopId: coop.coopId, bookingId: booking, requestId: randomUUID() };
    const { errors } = await app.ask(mutationOf('checkIn'), { input }, { token: member.token });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('begins the run with the first check-in of its work', async () => {
    const run = await aRun(app, coop, [1]);
    const [print] = await openWork(app, run.runId);
    operator = await aMember(app, coop, ['operator']);
    const stateOf = async () =>
      (await app.database.query<{ state: string }>('select state from run where id = $1', [run.runId]))[0]
        ?.state;
    expect(await stateOf()).toBe('locked');
    await checkIn(print?.id ?? '');
    expect(await stateOf()).toBe('making');
  });

  it("shows the workshop's own day with what is to be done on each station", async () => {
    const run = await aRun(app, coop, [1]);
    operator = await aMember(app, coop, ['operator']);
    const admin = await aMember(app, coop, ['member']);
    // From 19:30 to 20:00 in Berlin: the same day there and in UTC.
    const hold = await aHold(app, admin, floor.print, ['2026-11-09T18:30:00Z', '2026-11-09T19:00:00Z']);
    await aHold(app, admin, floor.qa, ['2026-11-09T18:30:00Z', '2026-11-09T19:00:00Z']);
    await changeClaim(app, admin, 'confirmBooking', { coopId: coop.coopId, bookingId: hold.id });
    const tasks = await dayOf('2026-11-09');
    expect(tasks.map(({ title, runId, booking }) => [title, runId, booking.cell.name])).toEqual([
      ['Heron: Print', run.runId, 'Print'],
      ['Heron: Inspect', run.runId, 'Bench'],
      ['Member booking', null, 'Print'],
    ]);
    expect(await dayOf('2026-11-08')).toEqual([]);
    expect(await dayOf('2026-11-10')).toEqual([]);
  });

  it('cuts the day at midnight of the workshop, not of UTC', async () => {
    const { coopId } = coop;
    const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
    const night = await aWorkshop(app, coop, { timeZone: 'Asia/Tokyo', openingHours });
    const cell = await aCell(app, night);
    // 00:00 to 01:00 on the 3rd in Tokyo is still the 2nd in UTC.
    const hold = await aHold(app, coop.admin, cell, ['2026-11-02T15:00:00Z', '2026-11-02T16:00:00Z']);
    await changeClaim(app, coop.admin, 'confirmBooking', { coopId, bookingId: hold.id });
    const dayThere = async (date: string) => {
      const variables = { coopId, workshopId: night.workshopId, date };
      return (await app.gql<{ operatorDay: Task[] }>(DAY, variables, { token: operator.token })).operatorDay;
    };
    expect(await dayThere('2026-11-02')).toEqual([]);
    expect(await dayThere('2026-11-03')).toHaveLength(1);
    expect(await dayThere('2026-11-04')).toEqual([]);
  });

  it.each(['2026-13-01', '2026-02-30', 'today', '2026-11-2', '0000-01-01'])(
    'knows no day %s',
    async (date) => {
      const { coopId, workshopId } = floor;
      const { errors } = await app.ask(DAY, { coopId, workshopId, date }, { token: operator.token });
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    },
  );

  describe('at once', () => {
    it('checks a booking in once and out once, whoever asks', async () => {
      const booking = await aBooking();
      await app.clock.freeze(new Date('2026-11-02T08:15:00Z'));
      operator = await aMember(app, coop, ['operator']);
      const ins = await Promise.all(Array.from({ length: 12 }, () => checkIn(booking)));
      expect(tally(ins)).toEqual({ CheckedIn: 1, NotYet: 11 });
      const outs = await Promise.all(Array.from({ length: 12 }, () => checkOut(booking)));
      expect(tally(outs)).toEqual({ CheckedOut: 1, NotCheckedIn: 11 });
    });
  });
});

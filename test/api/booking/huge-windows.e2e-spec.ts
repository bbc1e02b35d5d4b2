import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StationHours } from '../../../apps/api/src/booking/open-calendar.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { joinQueue } from '../../support/builders/waiting-list.js';
import {
  aCell,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { mutate } from '../workshops/mutate.js';
import { aBooking } from './scene.js';

const NOW = '2026-11-18T08:00:00.000Z';
const NOON = ['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z'] as const;
// Two stations share one list; a stretch and what may matter around it are less than a year of days.
const MOST_WINDOWS = 400;

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let cell: TestCell;
let bookingId: string | null = null;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  bookingId = null;
  coop = await aCoop(app);
  member = await aMember(app, coop);
  cell = await aCell(app, await aWorkshop(app, coop));
});

type Stretch = readonly [fromAt: string, toAt: string];

const HUGE: readonly Stretch[] = [
  ['9999-12-31T23:30:00.000Z', '0000-01-01T00:00:00.000Z'],
  ['0000-01-01T00:00:00.000Z', '9999-12-31T23:30:00.000Z'],
  ['2026-11-18T09:00:00.000Z', '3026-11-18T09:00:00.000Z'],
  ['2026-11-18T09:00:00.000Z', '2026-11-20T09:00:00.000Z'],
  ['9000-01-01T09:00:00.000Z', '9000-01-01T10:00:00.000Z'],
];

async function asked(operation: string, args: string, selection: string): Promise<string> {
  const query = `query { answer: ${operation}(coopId: "${coop.coopId}", ${args}) ${selection} }`;
  const answer = await app.ask<{ answer: { __typename?: string } | null }>(
    query,
    {},
    { token: member.token },
  );
  return answer.data?.answer?.__typename ?? answer.errors[0]?.extensions?.code ?? 'answered';
}

const series = ([firstAt]: Stretch): object => ({
  ...{ coopId: coop.coopId, cellId: cell.cellId, firstAt, minutes: 60, rule: 'FREQ=DAILY;COUNT=2' },
});

/** Each operation that takes a window, and what it answers. */
const OPERATIONS: Readonly<Record<string, (window: Stretch) => Promise<unknown>>> = {
  holdSlot: async (window) => (await askForSlot(app, member, cell, window)).__typename,
  explainPrice: ([from, to]) =>
    asked('explainPrice', `cellId: "${cell.cellId}", fromAt: "${from}", toAt: "${to}"`, '{ __typename }'),
  rescheduleBooking: async ([fromAt, toAt]) => {
    bookingId ??= await aBooking({ app, coop, member, cell }, NOON);
    const input = { coopId: coop.coopId, bookingId, fromAt, toAt };
    return (await changeClaim(app, member, 'rescheduleBooking', input)).__typename;
  },
  freeSlots: ([from, to]) =>
    asked(
      'freeSlots',
      `workshopId: "${cell.workshopId}", fromAt: "${from}", toAt: "${to}"`,
      '{ __typename }',
    ),
  calendar: ([from, to]) =>
    asked('calendar', `workshopId: "${cell.workshopId}", fromAt: "${from}", toAt: "${to}"`, '{ __typename }'),
  nextFree: ([from]) =>
    asked('nextFree', `cellId: "${cell.cellId}", minutes: 1440, notBefore: "${from}"`, '{ __typename }'),
  holdNextFree: async ([notBefore]) => {
    const input = { coopId: coop.coopId, cellId: cell.cellId, minutes: 2_147_483_640, notBefore };
    const withId = { ...input, requestId: randomUUID() };
    return (await mutate(app, member, 'holdNextFree', 'SlotHeld { sequence }', withId, '')).__typename;
  },
  planSeries: async (window) => {
    const query = 'query ($input: PlanSeriesInput!) { answer: planSeries(input: $input) { __typename } }';
    const sent = { input: series(window) };
    const { answer } = await app.gql<{ answer: { __typename: string } }>(query, sent, {
      token: member.token,
    });
    return answer.__typename;
  },
  bookSeries: async (window) => {
    const input = { ...series(window), requestId: randomUUID() };
    return (await mutate(app, member, 'bookSeries', 'SeriesBooked { sequence }', input, '')).__typename;
  },
  joinWaitingList: async (window) => (await joinQueue(app, member, cell, window, { minutes: 60 })).__typename,
  takeOutOfService: async ([fromAt, toAt]) => {
    const input = { coopId: coop.coopId, stationId: cell.stationIds[0], fromAt, toAt, reason: 'Broken' };
    const withId = { ...input, requestId: randomUUID() };
    const success = 'StationTakenOut { sequence }';
    return (await mutate(app, coop.admin, 'takeOutOfService', success, withId, '')).__typename;
  },
};

describe('a window of any two instants', () => {
  it.each(Object.keys(OPERATIONS))('costs %s no more hours than one that can be booked', async (name) => {
    for (const window of HUGE) {
      const before = StationHours.windowsWorkedOut;
      const answer = await OPERATIONS[name]?.(window);
      expect([window, answer]).not.toEqual([window, 'INTERNAL_SERVER_ERROR']);
      expect([window, answer]).toEqual([window, expect.any(String)]);
      const worked = StationHours.windowsWorkedOut - before;
      expect([window, worked <= 2 * MOST_WINDOWS]).toEqual([window, true]);
    }
  });
});

describe('a booking of years ago', () => {
  it('costs its member no more hours to ask about than one of today', async () => {
    const id = await aBooking({ app, coop, member, cell }, NOON);
    await app.clock.freeze(new Date('2029-11-18T08:00:00.000Z'));
    const now = { ...member, token: await signedIn(app, member.email) };
    const window = { fromAt: '2029-11-19T12:00:00.000Z', toAt: '2029-11-19T13:00:00.000Z' };
    const claim = { coopId: coop.coopId, bookingId: id };
    const before = StationHours.windowsWorkedOut;
    const answers = [
      await changeClaim(app, now, 'cancelBooking', claim),
      await changeClaim(app, now, 'releaseHold', claim),
      await changeClaim(app, now, 'rescheduleBooking', { ...claim, ...window }),
    ];
    expect(answers.map(({ __typename }) => __typename)).toEqual([
      'TooLateToCancel',
      'NotHeld',
      'TooLateToCancel',
    ]);
    expect(StationHours.windowsWorkedOut - before).toBeLessThanOrEqual(MOST_WINDOWS);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop, askForSlot, type TestCell } from '../../support/builders/workshops.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const daily = (fromMinute: number, toMinute: number) =>
  DAYS.map((weekday) => ({ weekday, fromMinute, toMinute }));

let app: TestApp;
let coop: TestCoop;
let member: TestMember;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

/** One station on a grid of so many minutes at 24.00 an hour, in a workshop of this zone and these hours. */
async function stationIn(
  timeZone: string,
  openingHours: ReturnType<typeof daily>,
  gridMinutes = 60,
): Promise<TestCell> {
  const workshop = await aWorkshop(app, coop, { timeZone, openingHours });
  return aCell(app, workshop, { stations: 1, gridMinutes, maxMinutes: 720 });
}

/** The free windows of the station between two instants, as `from/to` without seconds. */
async function free(cell: TestCell, fromAt: string, toAt: string): Promise<string[]> {
  const { coopId, workshopId } = cell;
  const query = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
    freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) { windows { fromAt toAt } } }`;
  const answer = await app.gql<{ freeSlots: { windows: { fromAt: string; toAt: string }[] }[] }>(
    query,
    { coopId, workshopId, fromAt, toAt },
    { token: member.token },
  );
  return answer.freeSlots.flatMap(({ windows }) =>
    windows.map((window) => `${window.fromAt.slice(0, 16)}/${window.toAt.slice(0, 16)}`),
  );
}

const hold = (cell: TestCell, fromAt: string, toAt: string) =>
  askForSlot(app, member, cell, [`${fromAt}:00Z`, `${toAt}:00Z`]);

// What 01:00 to 04:00 is on the day of the change, by the wall clocks of the zone; a price is a price of real hours.
describe.each([
  ['Europe/Berlin', 'back', '2026-10-24T10:00', '2026-10-24T23:00', '2026-10-25T03:00', '9600'],
  ['Europe/Berlin', 'forward', '2027-03-27T10:00', '2027-03-28T00:00', '2027-03-28T02:00', '4800'],
  ['America/New_York', 'back', '2026-10-31T12:00', '2026-11-01T05:00', '2026-11-01T09:00', '9600'],
  ['America/New_York', 'forward', '2027-03-13T12:00', '2027-03-14T06:00', '2027-03-14T08:00', '4800'],
])('the clocks of %s that go %s', (zone, _, now, fromAt, toAt, priceMinor) => {
  beforeEach(async () => {
    await app.clock.freeze(new Date(`${now}:00Z`));
    coop = await aCoop(app);
    member = await aMember(app, coop);
  });

  it('give the hours that really pass, each of them once, at the price of real time', async () => {
    const cell = await stationIn(zone, daily(60, 240));
    const between = [`${fromAt.slice(0, 10)}T00:00:00Z`, `${toAt.slice(0, 10)}T12:00:00Z`] as const;
    expect(await free(cell, ...between)).toContain(`${fromAt}/${toAt}`);
    const all = await hold(cell, fromAt, toAt);
    expect(all).toMatchObject({ __typename: 'SlotHeld', booking: { priceMinor } });
    expect(await free(cell, ...between)).not.toContain(`${fromAt}/${toAt}`);
    const hourLater = new Date(Date.parse(`${toAt}:00Z`) + 3_600_000).toISOString().slice(0, 16);
    expect(await hold(cell, toAt, hourLater)).toMatchObject({ __typename: 'OutsideOpeningHours' });
  });
});

describe('an hour', () => {
  it('that a clock change skips is never open, and the next opening is a day later', async () => {
    await app.clock.freeze(new Date('2027-03-27T10:00:00Z'));
    coop = await aCoop(app);
    member = await aMember(app, coop);
    const cell = await stationIn('Europe/Berlin', daily(120, 180));
    expect(await free(cell, '2027-03-28T00:00:00Z', '2027-03-29T12:00:00Z')).toEqual([
      '2027-03-29T00:00/2027-03-29T01:00',
    ]);
    expect(await hold(cell, '2027-03-28T01:00', '2027-03-28T02:00')).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2027-03-29T00:00:00.000Z',
    });
  });

  it('that comes twice is held twice, by two members', async () => {
    await app.clock.freeze(new Date('2026-10-24T10:00:00Z'));
    coop = await aCoop(app);
    member = await aMember(app, coop);
    const cell = await stationIn('Europe/Berlin', daily(0, 1440));
    const first = await hold(cell, '2026-10-25T00:00', '2026-10-25T01:00');
    expect(first.__typename).toBe('SlotHeld');
    member = await aMember(app, coop);
    expect((await hold(cell, '2026-10-25T01:00', '2026-10-25T02:00')).__typename).toBe('SlotHeld');
    expect(await hold(cell, '2026-10-25T00:00', '2026-10-25T01:00')).toMatchObject({
      __typename: 'SlotTaken',
      freeFrom: '2026-10-25T02:00:00.000Z',
    });
  });
});

describe('a change of half an hour', () => {
  beforeEach(async () => {
    await app.clock.freeze(new Date('2026-10-02T10:00:00Z'));
    coop = await aCoop(app);
    member = await aMember(app, coop);
  });

  // On Lord Howe Island 02:00 (+10:30) becomes 02:30 (+11:00) at 15:30 UTC.
  it('parts the free time where it does not fit the grid, and no hold bridges it', async () => {
    const cell = await stationIn('Australia/Lord_Howe', daily(0, 360));
    expect(await free(cell, '2026-10-03T12:00:00Z', '2026-10-03T20:00:00Z')).toEqual([
      '2026-10-03T13:30/2026-10-03T14:30',
      '2026-10-03T16:00/2026-10-03T19:00',
    ]);
    expect(await hold(cell, '2026-10-03T14:30', '2026-10-03T16:00')).toMatchObject({
      __typename: 'WindowInvalid',
      reason: 'OFF_GRID',
    });
    expect(await hold(cell, '2026-10-03T15:30', '2026-10-03T16:30')).toMatchObject({ reason: 'OFF_GRID' });
    expect(await hold(cell, '2026-10-03T16:00', '2026-10-03T18:00')).toMatchObject({
      booking: { priceMinor: '4800' },
    });
  });

  it('passes unnoticed on a grid of half an hour', async () => {
    const cell = await stationIn('Australia/Lord_Howe', daily(0, 360), 30);
    expect(await free(cell, '2026-10-03T12:00:00Z', '2026-10-03T20:00:00Z')).toEqual([
      '2026-10-03T13:30/2026-10-03T19:00',
    ]);
    expect(await hold(cell, '2026-10-03T14:30', '2026-10-03T16:00')).toMatchObject({
      booking: { priceMinor: '3600' },
    });
  });
});

describe('midnight', () => {
  it('does not part a hold where the hours go on behind it, and closes where they do not', async () => {
    await app.clock.freeze(new Date('2026-11-18T08:00:00Z'));
    coop = await aCoop(app);
    member = await aMember(app, coop);
    const open = await stationIn('Europe/Berlin', [...daily(0, 360), ...daily(1200, 1440)]);
    expect(await hold(open, '2026-11-18T21:00', '2026-11-19T02:00')).toMatchObject({
      booking: { priceMinor: '12000' },
    });
    const closed = await stationIn('Europe/Berlin', daily(1200, 1440));
    expect(await hold(closed, '2026-11-18T22:00', '2026-11-18T23:00')).toMatchObject({
      __typename: 'SlotHeld',
    });
    expect(await hold(closed, '2026-11-18T22:00', '2026-11-19T00:00')).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2026-11-19T19:00:00.000Z',
    });
  });
});

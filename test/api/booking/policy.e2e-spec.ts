import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import { aCoop, aMember, signedIn } from '../../support/builders/membership.js';
import { aCell, aWorkshop } from '../../support/builders/workshops.js';
import { aBooking, note, nothingIsWrong, owed, setPolicy, type Scene } from './scene.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;
const MINUTE = 60_000;

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  scene = { app, coop, cell, member: await aMember(app, coop) };
});

const of = (bookingId: string): { coopId: string; bookingId: string } => ({
  coopId: scene.coop.coopId,
  bookingId,
});
const booked = (window: readonly [string, string] = TEN_TO_TWELVE): Promise<string> =>
  aBooking(scene, window);

describe('cancelBooking under a policy of notice tiers', () => {
  it.each([
    ['a full day before', '2026-11-19T08:00:00Z', '0'],
    ['a moment less than a day before', '2026-11-19T07:30:00Z', '1200'],
    ['two hours before', '2026-11-18T10:00:00Z', '1200'],
    ['less than two hours before', '2026-11-18T09:30:00Z', '2400'],
  ])('costs what the notice asks for %s', async (_, fromAt, fee) => {
    await setPolicy(scene);
    const id = await booked([fromAt, new Date(Date.parse(fromAt) + 60 * MINUTE).toISOString()]);
    const query = `mutation ($input: CancelBookingInput!) { cancelBooking(input: $input) {
      ... on BookingCancelled { feeMinor sequence booking { state chargedMinor } } } }`;
    const input = { ...of(id), requestId: randomUUID() };
    expect(await app.gql(query, { input }, scene.member)).toEqual({
      cancelBooking: {
        feeMinor: fee,
        sequence: expect.stringMatching(/^\d+$/),
        booking: { state: 'CANCELLED', chargedMinor: fee },
      },
    });
    expect(await owed(scene)).toBe(fee);
    await nothingIsWrong(scene);
  });

  it('refuses tiers that cannot be, and keeps the policy before', async () => {
    await setPolicy(scene);
    const tiers = (...cancelTiers: { noticeHours: number; feePercent: number }[]) =>
      setPolicy(scene, { cancelTiers });
    for (const answer of [
      await tiers({ noticeHours: 2, feePercent: 0 }, { noticeHours: 24, feePercent: 50 }),
      await tiers({ noticeHours: 2, feePercent: 101 }),
      await tiers({ noticeHours: -1, feePercent: 0 }),
      await setPolicy(scene, { noShowPercent: 101 }),
      await setPolicy(scene, { waitingAnswerMinutes: 4 }),
    ])
      expect(answer).toMatchObject({ __typename: 'InputRefused' });
    const query =
      'query ($coopId: ID!) { bookingPolicy(coopId: $coopId) { noShowPercent cancelTiers { noticeHours } } }';
    expect(await app.gql(query, { coopId: scene.coop.coopId }, scene.member)).toEqual({
      bookingPolicy: { noShowPercent: 80, cancelTiers: [{ noticeHours: 24 }, { noticeHours: 2 }] },
    });
  });
});

describe('the minutes really used', () => {
  it.each([
    ['FROZEN', 150, '4800'],
    ['UP', 150, '6000'],
    ['UP', 60, '4800'],
    ['BOTH', 60, '2400'],
  ])('under the policy %s: %i of 120 minutes cost %s', async (actualMinutes, minutes, expected) => {
    await setPolicy(scene, { actualMinutes });
    expect(await workedOn(await booked(), minutes)).toMatchObject({
      booking: { chargedMinor: expected, priceMinor: '4800' },
    });
    expect(await owed(scene)).toBe(expected);
    await nothingIsWrong(scene);
  });

  it.each([
    [60, '2400', '3600'],
    [120, '0', '1200'],
  ])('cost no less over the time for the %i that were prepaid', async (prepaid, frozen, expected) => {
    await setPolicy(scene, { actualMinutes: 'UP' });
    const pack = await aCreditPack(app, scene.coop, { minutes: prepaid, priceMinor: 700n });
    await someCredits(app, scene.coop, scene.member, pack);
    const id = await aBooking(scene, TEN_TO_TWELVE, { useCredits: true });
    expect(await workedOn(id, 150)).toMatchObject({
      booking: { chargedMinor: expected, priceMinor: frozen },
    });
    expect(await owed(scene)).toBe(String(Number(expected) + 700));
    await nothingIsWrong(scene);
  });

  /** Checks a booking in at its start, and out after so many minutes. */
  async function workedOn(id: string, minutes: number): Promise<unknown> {
    await app.clock.step(60 * MINUTE);
    const operator = await aMember(app, scene.coop, ['operator']);
    await note(scene, operator, 'checkIn', id);
    await app.clock.step(minutes * MINUTE);
    return note(scene, { token: await signedIn(app, operator.email) }, 'checkOut', id);
  }
});

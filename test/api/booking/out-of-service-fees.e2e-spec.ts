import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import { aCoop, aMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop } from '../../support/builders/workshops.js';
import { mutate, type Answer } from '../workshops/mutate.js';
import { aBooking, nothingIsWrong, owed, setPolicy, type Scene } from './scene.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;
const NEXT_DAY = { fromAt: '2026-11-19T09:00:00Z', toAt: '2026-11-19T11:00:00Z' };
const WHY = expect.stringContaining('out of service');

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
  await setPolicy(scene);
});

/** Takes the only station out, so that what is booked has to stay; returns the closure's id. */
const takenOut = async (fromAt: string, toAt: string): Promise<string> => {
  const stationId = scene.cell.stationIds[0];
  const input = { coopId: scene.coop.coopId, stationId, fromAt, toAt, reason: 'Broken belt' };
  const success = 'StationTakenOut { closure { id } left { because } }';
  const request = { ...input, requestId: randomUUID() };
  const answer = await mutate(app, scene.coop.admin, 'takeOutOfService', success, request);
  expect(answer).toMatchObject({ left: [{ because: 'NO_ROOM' }] });
  return (answer as unknown as { closure: { id: string } }).closure.id;
};
const change = (
  who: { readonly token: string },
  operation: string,
  success: string,
  bookingId: string,
  input: object = {},
): Promise<Answer> =>
  mutate(
    app,
    who,
    operation,
    `${success} { feeMinor waivedBecause }`,
    { coopId: scene.coop.coopId, bookingId, requestId: randomUUID(), ...input },
    '',
  );
const cancel = (bookingId: string): Promise<Answer> =>
  change(scene.member, 'cancelBooking', 'BookingCancelled', bookingId);

describe('a booking that was left on a station out of service', () => {
  it('costs nothing when it is cancelled at the last moment, and says why', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    await takenOut('2026-11-18T10:30:00Z', '2026-11-18T14:00:00Z');
    expect(await cancel(id)).toMatchObject({ feeMinor: '0', waivedBecause: WHY });
    expect(await owed(scene)).toBe('0');
    await nothingIsWrong(scene);
  });

  it('gives prepaid minutes back that the notice would have cost', async () => {
    const packId = await aCreditPack(app, scene.coop, { minutes: 120, priceMinor: 12_000n });
    const grantId = await someCredits(app, scene.coop, scene.member, packId);
    const id = await aBooking(scene, TEN_TO_TWELVE, { useCredits: true });
    await takenOut(...TEN_TO_TWELVE);
    await cancel(id);
    expect(
      await app.database.query('select spent_minutes as spent from credit_grant where id = $1', [grantId]),
    ).toEqual([{ spent: 0 }]);
    await nothingIsWrong(scene);
  });

  it('costs nothing when it is moved, but for its new time', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    await takenOut(...TEN_TO_TWELVE);
    const moved = await change(scene.member, 'rescheduleBooking', 'BookingRescheduled', id, NEXT_DAY);
    expect(moved).toMatchObject({ feeMinor: '0', waivedBecause: WHY });
    expect(await owed(scene)).toBe('4800');
    await nothingIsWrong(scene);
  });

  it('costs nothing when nobody comes', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    await takenOut(...TEN_TO_TWELVE);
    await app.clock.step(80 * 60_000);
    const operator = await aMember(app, scene.coop, ['operator']);
    const marked = await change(operator, 'markNoShow', 'NoShowMarked', id);
    expect(marked).toMatchObject({ feeMinor: '0', waivedBecause: WHY });
    expect(await owed(scene)).toBe('0');
    await nothingIsWrong(scene);
  });

  it('costs nothing when its series is cancelled, and its sibling of the series the fee of its notice', async () => {
    const booked = await mutate(
      app,
      scene.member,
      'bookSeries',
      'SeriesBooked { series { id } }',
      {
        ...{ coopId: scene.coop.coopId, cellId: scene.cell.cellId, requestId: randomUUID() },
        ...{ firstAt: '2026-11-18T12:00:00Z', minutes: 60, rule: 'FREQ=DAILY;COUNT=2' },
      },
      '',
    );
    const { id: seriesId } = (booked as unknown as { series: { id: string } }).series;
    await takenOut('2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z');
    await setPolicy(scene, { cancelTiers: [{ noticeHours: 72, feePercent: 0 }] });
    const input = { coopId: scene.coop.coopId, seriesId, requestId: randomUUID() };
    const success = 'SeriesCancelled { cancelled feeMinor }';
    expect(await mutate(app, scene.member, 'cancelSeries', success, input, '')).toMatchObject({
      ...{ cancelled: 2, feeMinor: '2400' },
    });
    expect(await owed(scene)).toBe('2400');
    await nothingIsWrong(scene);
  });
});

describe('what the notice costs', () => {
  it('stays owed where the station is out of service only after the booking, or is back before it', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    const later = ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z'] as const;
    const other = await aBooking(scene, later);
    const closureId = await takenOut(...later);
    expect(await cancel(id)).toMatchObject({ feeMinor: '4800', waivedBecause: null });
    const back = { coopId: scene.coop.coopId, closureId, requestId: randomUUID() };
    await mutate(app, scene.coop.admin, 'returnToService', 'StationReturned { sequence }', back, '');
    expect(await cancel(other)).toMatchObject({ feeMinor: '1200', waivedBecause: null });
    await nothingIsWrong(scene);
  });

  it('stays owed while the workshop is only closed', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    await app.database.query(
      `insert into closure (coop_id, workshop_id, cell_id, station_id, kind, from_at, to_at, reason)
       values ($1, $2, $3, $4, 'maintenance', $5, $6, 'Oiling')`,
      [
        scene.coop.coopId,
        scene.cell.workshopId,
        scene.cell.cellId,
        scene.cell.stationIds[0],
        ...TEN_TO_TWELVE,
      ],
    );
    expect(await cancel(id)).toMatchObject({ feeMinor: '4800', waivedBecause: null });
  });
});

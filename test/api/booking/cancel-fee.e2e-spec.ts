import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import { aCoop, aMember, signedIn } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim } from '../../support/builders/workshops.js';
import { mutate } from '../workshops/mutate.js';
import { aBooking, note, nothingIsWrong, owed, setPolicy, type Scene } from './scene.js';

// A Monday; what is booked is on the Wednesday, 10:00 to 12:00 in Berlin.
const NOW = '2026-11-16T08:00:00.000Z';
const WINDOW = ['2026-11-18T09:00:00.000Z', '2026-11-18T11:00:00.000Z'] as const;
const LATER = { fromAt: '2026-11-18T12:00:00.000Z', toAt: '2026-11-18T14:00:00.000Z' };
const FREE = '2026-11-17T09:00:00.000Z';
const HALF = '2026-11-17T09:00:00.001Z';
const HALF_LAST = '2026-11-18T07:00:00.000Z';
const WHOLE = '2026-11-18T07:00:00.001Z';
const WHOLE_LAST = '2026-11-18T08:59:59.999Z';
const START = WINDOW[0];

interface CancelFee {
  readonly feeMinor: string;
  readonly keepsPrepaid: boolean;
  readonly waivedBecause: string | null;
  readonly until: string;
}

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  try {
    await nothingIsWrong({ app });
  } finally {
    await app.stop();
  }
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  scene = { app, coop, cell, member: await aMember(app, coop) };
  await setPolicy(scene);
});

/** Access tokens end long before a notice does. */
async function at(time: string): Promise<void> {
  await app.clock.freeze(new Date(time));
  const { coop, member } = scene;
  const admin = { ...coop.admin, token: await signedIn(app, coop.admin.email) };
  scene = {
    ...scene,
    coop: { ...coop, admin },
    member: { ...member, token: await signedIn(app, member.email) },
  };
}

async function feeOf(id: string): Promise<CancelFee | null> {
  const { booking } = await app.gql<{ booking: { cancelFee: CancelFee | null } }>(
    `query ($coopId: ID!, $id: ID!) { booking(coopId: $coopId, id: $id) {
       cancelFee { feeMinor keepsPrepaid waivedBecause until } } }`,
    { coopId: scene.coop.coopId, id },
    { token: scene.member.token },
  );
  return booking.cancelFee;
}

/** Takes the only station out of service, so that what is booked has to stay; the id of the closure. */
async function takeOut(fromAt: string, toAt: string): Promise<string> {
  const input = {
    ...{ coopId: scene.coop.coopId, stationId: scene.cell.stationIds[0], fromAt, toAt },
    ...{ reason: 'Broken belt', requestId: randomUUID() },
  };
  const answer = await mutate(
    app,
    scene.coop.admin,
    'takeOutOfService',
    'StationTakenOut { closure { id } }',
    input,
    '',
  );
  return (answer as unknown as { closure: { id: string } }).closure.id;
}
async function prepay(minutes: number): Promise<void> {
  const packId = await aCreditPack(app, scene.coop, { minutes, priceMinor: 6000n });
  await someCredits(app, scene.coop, scene.member, packId);
}
async function prepaidSpent(): Promise<number> {
  const [row] = await app.database.query<{ spent: number }>(
    'select coalesce(sum(spent_minutes), 0)::int as spent from credit_grant where coop_id = $1',
    [scene.coop.coopId],
  );
  return row?.spent ?? Number.NaN;
}
async function chargedFor(id: string): Promise<bigint> {
  const [row] = await app.database.query<{ charged: string }>(
    'select charged_minor::text as charged from booking where coop_id = $1 and id = $2',
    [scene.coop.coopId, id],
  );
  return BigInt(row?.charged ?? '');
}

type Make = () => Promise<string>;
const plain: Make = () => aBooking(scene, WINDOW);
const prepaid =
  (minutes: number): Make =>
  async () => {
    await prepay(minutes);
    return aBooking(scene, WINDOW, { useCredits: true });
  };
const withTiers =
  (...tiers: readonly (readonly [noticeHours: number, feePercent: number])[]): Make =>
  async () => {
    const cancelTiers = tiers.map(([noticeHours, feePercent]) => ({ noticeHours, feePercent }));
    await setPolicy(scene, { cancelTiers });
    return plain();
  };
const outOfService =
  (make: Make, ...stretch: [string, string]): Make =>
  async () => {
    const id = await make();
    await takeOut(...stretch);
    return id;
  };
const returned: Make = async () => {
  const id = await plain();
  const closureId = await takeOut(...WINDOW);
  const input = { coopId: scene.coop.coopId, closureId, requestId: randomUUID() };
  await mutate(app, scene.coop.admin, 'returnToService', 'StationReturned { sequence }', input, '');
  return id;
};
const movedHere: Make = async () => {
  const id = await aBooking(scene, [LATER.fromAt, LATER.toAt]);
  const [fromAt, toAt] = WINDOW;
  const input = { coopId: scene.coop.coopId, bookingId: id, fromAt, toAt };
  const moved = await changeClaim(app, scene.member, 'rescheduleBooking', input, 'id');
  return moved.booking?.id ?? '';
};

describe('what a booking says that taking it back costs', () => {
  const waived = expect.stringContaining('out of service');
  it.each<[string, Make, string, Partial<Record<keyof CancelFee, unknown>>]>([
    ['with enough notice', plain, NOW, { feeMinor: '0', until: FREE }],
    ['in the last moment of enough notice', plain, FREE, { feeMinor: '0', until: FREE }],
    ['a moment later', plain, HALF, { feeMinor: '2400', until: HALF_LAST }],
    ['in the last moment of the next tier', plain, HALF_LAST, { feeMinor: '2400', until: HALF_LAST }],
    ['with less notice than any tier asks for', plain, WHOLE, { feeMinor: '4800', until: START }],
    ['in the last moment before its start', plain, WHOLE_LAST, { feeMinor: '4800', until: START }],
    [
      'by tiers that cost the same',
      withTiers([24, 33], [2, 33]),
      NOW,
      { feeMinor: '1584', until: HALF_LAST },
    ],
    ['by one tier to the start', withTiers([0, 7]), WHOLE_LAST, { feeMinor: '336', until: START }],
    ['by no tier', withTiers(), NOW, { feeMinor: '4800', until: START }],
    ['of one that was moved', movedHere, HALF, { feeMinor: '2400', until: HALF_LAST }],
    [
      'while its station is out of service for a part of it',
      outOfService(plain, '2026-11-18T10:30:00Z', '2026-11-18T14:00:00Z'),
      WHOLE,
      { feeMinor: '0', waivedBecause: waived, until: START },
    ],
    [
      'where its station is out of service only after it',
      outOfService(plain, LATER.fromAt, LATER.toAt),
      WHOLE,
      { feeMinor: '4800', waivedBecause: null },
    ],
    ['once its station is back', returned, WHOLE, { feeMinor: '4800', waivedBecause: null }],
    [
      'paid by prepaid minutes, at half the price',
      prepaid(120),
      HALF,
      { feeMinor: '0', keepsPrepaid: false },
    ],
    [
      'paid by prepaid minutes, at the whole price',
      prepaid(120),
      WHOLE,
      { feeMinor: '0', keepsPrepaid: true },
    ],
    ['paid by some prepaid minutes, half', prepaid(60), HALF, { feeMinor: '1200', keepsPrepaid: false }],
    ['paid by some prepaid minutes, all', prepaid(60), WHOLE, { feeMinor: '2400', keepsPrepaid: true }],
    [
      'paid by prepaid minutes, out of service',
      outOfService(prepaid(120), ...WINDOW),
      WHOLE,
      { feeMinor: '0', keepsPrepaid: false, waivedBecause: waived },
    ],
  ])('%s is what cancelling then costs', async (_, make, time, expected) => {
    const id = await make();
    const others = BigInt(await owed(scene)) - (await chargedFor(id));
    const spent = await prepaidSpent();
    await at(time);
    const said = await feeOf(id);
    expect(said).toMatchObject({ keepsPrepaid: false, waivedBecause: null, ...expected });
    const cancelled = await mutate(
      app,
      scene.member,
      'cancelBooking',
      'BookingCancelled { feeMinor waivedBecause booking { chargedMinor cancelFee { feeMinor } } }',
      { coopId: scene.coop.coopId, bookingId: id, requestId: randomUUID() },
      '',
    );
    expect(cancelled).toMatchObject({
      ...{ feeMinor: said?.feeMinor, waivedBecause: said?.waivedBecause },
      booking: { chargedMinor: said?.feeMinor, cancelFee: null },
    });
    // By the ledger; prepaid minutes were bought apart.
    expect(BigInt(await owed(scene)) - others).toBe(BigInt(said?.feeMinor ?? ''));
    expect(await prepaidSpent()).toBe(said?.keepsPrepaid === true ? spent : 0);
  });

  it('is what moving it then costs for the old time', async () => {
    const id = await plain();
    await at(HALF);
    const said = await feeOf(id);
    const input = { coopId: scene.coop.coopId, bookingId: id, requestId: randomUUID(), ...LATER };
    const success = 'BookingRescheduled { feeMinor }';
    const moved = await mutate(app, scene.member, 'rescheduleBooking', success, input, '');
    expect(moved).toMatchObject({ feeMinor: '2400' });
    expect(said?.feeMinor).toBe('2400');
  });

  it('is nothing at all for what cannot be cancelled: a hold, work that has begun, what is over', async () => {
    const { id: held } = await aHold(app, scene.member, scene.cell, [LATER.fromAt, LATER.toAt]);
    expect(await feeOf(held)).toBeNull();
    const id = await plain();
    const later = await aBooking(scene, ['2026-11-18T15:00:00.000Z', '2026-11-18T16:00:00.000Z']);
    await at(WHOLE_LAST);
    expect(await feeOf(id)).toMatchObject({ feeMinor: '4800' });
    await note(scene, await aMember(app, scene.coop, ['operator']), 'checkIn', id);
    expect(await feeOf(id)).toBeNull();
    await at('2026-11-18T14:59:59.999Z');
    expect(await feeOf(later)).toMatchObject({ feeMinor: '2400' });
    await at('2026-11-18T15:00:00.000Z');
    expect(await feeOf(later)).toBeNull();
  });
});

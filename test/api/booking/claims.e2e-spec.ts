import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LapseHolds } from '../../../apps/api/src/booking/lapse-holds/lapse-holds.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim, type TestCell } from '../../support/builders/workshops.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;
const MINUTE = 60_000;

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  cell = await aCell(app, await aWorkshop(app, coop));
});

const claim = (bookingId: string): { coopId: string; bookingId: string } => ({
  coopId: coop.coopId,
  bookingId,
});

const later = async (ms: number): Promise<{ token: string }> => {
  await app.clock.step(ms);
  return { token: await signedIn(app, member.email) };
};

/** What the member owes for bookings, by the ledger. */
async function owed(): Promise<string> {
  const [row] = await app.database.query<{ owed: string }>(
    "select coalesce(sum(amount_minor), 0)::text as owed from ledger_entry where party_id = $1 and account = 'member_receivable'",
    [member.accountId],
  );
  return row?.owed ?? '';
}

describe('confirmBooking', () => {
  it('turns a hold into a booking and charges its frozen price to the member', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    await app.database.query('update cell set hourly_rate_minor = 99999 where id = $1', [cell.cellId]);
    const answer = await changeClaim(app, member, 'confirmBooking', claim(hold.id));
    expect(answer).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: { id: hold.id, state: 'CONFIRMED' },
    });
    expect(await owed()).toBe('4800');
  });

  it('confirms up to the last millisecond of the hold', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    const who = await later(15 * MINUTE - 1);
    expect(await changeClaim(app, who, 'confirmBooking', claim(hold.id))).toMatchObject({
      __typename: 'BookingConfirmed',
    });
  });

  it('refuses a hold from the very moment that it lapses, and charges nothing', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    const who = await later(15 * MINUTE);
    expect(await changeClaim(app, who, 'confirmBooking', claim(hold.id))).toMatchObject({
      __typename: 'HoldLapsed',
    });
    expect(await owed()).toBe('0');
  });

  it('charges once for the same request and refuses a second confirmation', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    const input = { ...claim(hold.id), requestId: randomUUID() };
    const first = await changeClaim(app, member, 'confirmBooking', input);
    expect(await changeClaim(app, member, 'confirmBooking', input)).toEqual(first);
    expect(await changeClaim(app, member, 'confirmBooking', claim(hold.id))).toMatchObject({
      __typename: 'NotHeld',
    });
    expect(await owed()).toBe('4800');
  });

  it("finds neither another member's hold nor one of another co-op", async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    const colleague = await aMember(app, coop);
    expect(await changeClaim(app, colleague, 'confirmBooking', claim(hold.id))).toMatchObject({
      __typename: 'NotFound',
    });
    const foreign = await aCoop(app);
    const crossed = { coopId: foreign.coopId, bookingId: hold.id };
    expect(await changeClaim(app, foreign.admin, 'confirmBooking', crossed)).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await owed()).toBe('0');
  });
});

describe('releaseHold', () => {
  it('frees the slot at once for somebody else', async () => {
    const stationId = cell.stationIds[0];
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE, { stationId });
    expect(await changeClaim(app, member, 'releaseHold', claim(hold.id))).toMatchObject({
      __typename: 'HoldReleased',
    });
    await aHold(app, await aMember(app, coop), cell, TEN_TO_TWELVE, { stationId });
  });

  it('refuses a hold that has lapsed', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    const who = await later(15 * MINUTE);
    expect(await changeClaim(app, who, 'releaseHold', claim(hold.id))).toMatchObject({
      __typename: 'HoldLapsed',
    });
  });
});

describe('cancelBooking', () => {
  it('credits the charge and frees the slot', async () => {
    const stationId = cell.stationIds[0];
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE, { stationId });
    await changeClaim(app, member, 'confirmBooking', claim(hold.id));
    const answer = await changeClaim(app, member, 'cancelBooking', claim(hold.id));
    expect(answer).toMatchObject({ __typename: 'BookingCancelled', booking: { state: 'CANCELLED' } });
    expect(await owed()).toBe('0');
    const again = await aHold(app, member, cell, TEN_TO_TWELVE, { stationId });
    expect(again.station.id).toBe(stationId);
  });

  it('is too late from the moment the booking starts, and credits nothing', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    await changeClaim(app, member, 'confirmBooking', claim(hold.id));
    const who = await later(60 * MINUTE);
    expect(await changeClaim(app, who, 'cancelBooking', claim(hold.id))).toMatchObject({
      __typename: 'TooLateToCancel',
    });
    expect(await owed()).toBe('4800');
  });

  it('is too late once an operator has checked the booking in, though it has not started', async () => {
    const hold = await aHold(app, member, cell, ['2026-11-18T08:30:00Z', '2026-11-18T09:30:00Z']);
    await changeClaim(app, member, 'confirmBooking', claim(hold.id));
    const who = await later(20 * MINUTE);
    const operator = await aMember(app, coop, ['operator']);
    const query =
      'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename ... on Refusal { message } } }';
    const input = { ...claim(hold.id), requestId: randomUUID() };
    expect(await app.gql(query, { input }, { token: operator.token })).toEqual({
      checkIn: { __typename: 'CheckedIn' },
    });
    expect(await changeClaim(app, who, 'cancelBooking', claim(hold.id))).toMatchObject({
      __typename: 'TooLateToCancel',
    });
    expect(await owed()).toBe('2400');
  });

  it('answers the same confirmation again after the booking was cancelled, and charges nothing', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    const input = { ...claim(hold.id), requestId: randomUUID() };
    await changeClaim(app, member, 'confirmBooking', input);
    await changeClaim(app, member, 'cancelBooking', claim(hold.id));
    expect(await changeClaim(app, member, 'confirmBooking', input)).toMatchObject({
      __typename: 'BookingConfirmed',
      booking: { state: 'CANCELLED' },
    });
    expect(await owed()).toBe('0');
  });

  it('refuses what is only held', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    expect(await changeClaim(app, member, 'cancelBooking', claim(hold.id))).toMatchObject({
      __typename: 'NotConfirmed',
    });
  });
});

describe('lapsing', () => {
  it('reads as lapsed before the sweep, and the sweep then ends exactly the dead holds', async () => {
    const dead = await aHold(app, member, cell, TEN_TO_TWELVE);
    await app.clock.step(5 * MINUTE);
    const alive = await aHold(app, member, cell, ['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z']);
    const who = await later(10 * MINUTE);
    const query = 'query ($coopId: ID!) { myBookings(coopId: $coopId) { edges { node { id state } } } }';
    const seen = await app.gql(query, { coopId: coop.coopId }, who);
    const expected = [{ node: { id: alive.id, state: 'HELD' } }, { node: { id: dead.id, state: 'LAPSED' } }];
    expect(seen).toEqual({ myBookings: { edges: expected } });
    await app.nest.get(LapseHolds, { strict: false }).run();
    const rows = await app.database.query('select id, state from booking where coop_id = $1 order by id', [
      coop.coopId,
    ]);
    expect(rows).toEqual([
      { id: dead.id, state: 'lapsed' },
      { id: alive.id, state: 'held' },
    ]);
  });
});

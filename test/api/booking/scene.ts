import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { CHECKS } from '../../../apps/api/src/all-checks.js';
import type { TestApp } from '../../support/app.js';
import type { TestCoop, TestMember } from '../../support/builders/membership.js';
import { aHold, changeClaim, type TestCell } from '../../support/builders/workshops.js';
import { mutate, type Answer } from '../workshops/mutate.js';

/** One co-op with a cell and a member of it. */
export interface Scene {
  readonly app: TestApp;
  readonly coop: TestCoop;
  readonly member: TestMember;
  readonly cell: TestCell;
}

type Window = readonly [fromAt: string, toAt: string];

/** A confirmed booking of the member; its id. */
export async function aBooking(
  { app, coop, member, cell }: Scene,
  window: Window,
  input: object = {},
): Promise<string> {
  const { id } = await aHold(app, member, cell, window, input);
  await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
  return id;
}

/** Half the price for less than a day of notice, all of it for less than two hours; 80 % for staying away. */
export const POLICY = {
  cancelTiers: [
    { noticeHours: 24, feePercent: 0 },
    { noticeHours: 2, feePercent: 50 },
  ],
  ...{ noShowPercent: 80, noShowAfterMinutes: 20, actualMinutes: 'FROZEN', waitingAnswerMinutes: 60 },
};

export function setPolicy({ app, coop }: Scene, change: object = {}): Promise<Answer> {
  const success = 'BookingPolicySet { policy { cancelTiers { noticeHours feePercent } } }';
  const input = { coopId: coop.coopId, ...POLICY, ...change };
  return mutate(app, coop.admin, 'setBookingPolicy', success, input);
}

/** What the member owes for bookings, by the ledger. */
export async function owed({ app, member }: Scene): Promise<string> {
  const [row] = await app.database.query<{ owed: string }>(
    "select coalesce(sum(amount_minor), 0)::text as owed from ledger_entry where party_id = $1 and account = 'member_receivable'",
    [member.accountId],
  );
  return row?.owed ?? '';
}

/** Looks at every invariant of the product on the live data. */
export async function nothingIsWrong({ app }: Pick<Scene, 'app'>): Promise<void> {
  const query = (text: string, values: readonly unknown[] = []) => app.database.query(text, values);
  for (const check of CHECKS) expect([check.name, await check.find(query)]).toEqual([check.name, []]);
}

/** Checks a booking in or out as an operator. */
export function note(
  { app, coop }: Scene,
  who: { readonly token: string },
  operation: 'checkIn' | 'checkOut',
  bookingId: string,
): Promise<Answer> {
  const success = operation === 'checkIn' ? 'CheckedIn' : 'CheckedOut';
  const input = { coopId: coop.coopId, bookingId, requestId: randomUUID() };
  return mutate(app, who, operation, `${success} { booking { chargedMinor priceMinor } }`, input, '');
}

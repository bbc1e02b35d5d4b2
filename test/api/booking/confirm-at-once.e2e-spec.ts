import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CODE_CHECKS } from '../../../apps/api/src/payouts/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop } from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  changeClaim,
  type ClaimAnswer,
  type TestCell,
} from '../../support/builders/workshops.js';
import { until } from '../../support/until.js';

const MEMBERS = 20;
const NOW = '2026-11-18T08:00:00.000Z';
const HOLD_MS = 15 * 60_000;
const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.clock.freeze(new Date(NOW));
});
afterAll(async () => {
  await app.stop();
});

async function aPlace(stations: number): Promise<{ coop: TestCoop; cell: TestCell }> {
  const coop = await aCoop(app);
  return {
    coop,
    cell: await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC', openingHours }), { stations }),
  };
}

const brokenChains = async (): Promise<unknown[]> =>
  (
    await Promise.all(
      CODE_CHECKS.map((check) => check.find((text, values) => app.database.query(text, values))),
    )
  ).flat();

const waitingForALock = async (): Promise<boolean> =>
  (
    await app.database.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length > 0;

/** A confirmation of a hold whose books somebody else has, while the time goes on by so many milliseconds. */
async function confirmLate(
  window: readonly [fromAt: string, toAt: string],
  ms: number,
): Promise<{ answer: ClaimAnswer; states: object[]; charges: object[] }> {
  await app.clock.freeze(new Date(NOW));
  const { coop, cell } = await aPlace(1);
  const member = await aMember(app, coop);
  const first = await aHold(app, member, cell, ['2026-11-19T09:00:00Z', '2026-11-19T10:00:00Z']);
  // The first charge opens the books.
  await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: first.id });
  const { id: bookingId } = await aHold(app, member, cell, window);
  const keeper = new pg.Client({ connectionString: app.database.url });
  await keeper.connect();
  let asked: Promise<ClaimAnswer>;
  try {
    await keeper.query('begin');
    await keeper.query('select 1 from ledger_head where coop_id = $1 for no key update', [coop.coopId]);
    asked = changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId });
    await until('the confirmation to wait for the books', waitingForALock);
    await app.clock.step(ms);
    await keeper.query('commit');
  } finally {
    await keeper.end();
  }
  const answer = await asked;
  const states = await app.database.query('select state, charged_minor from booking where id = $1', [
    bookingId,
  ]);
  const charges = await app.database.query('select 1 from ledger_transaction where reference = $1', [
    bookingId,
  ]);
  return { answer, states, charges };
}

describe('confirmations that wait for the books', () => {
  it('open the books of a co-op once when its first twenty charges come at the same moment', async () => {
    const { coop, cell } = await aPlace(MEMBERS);
    const window = ['2026-11-19T09:00:00Z', '2026-11-19T10:00:00Z'] as const;
    const holds = [];
    for (let count = 0; count < MEMBERS; count += 1) {
      const member = await aMember(app, coop);
      holds.push({ member, bookingId: (await aHold(app, member, cell, window)).id });
    }
    const answers = await Promise.all(
      holds.map(({ member, bookingId }) =>
        changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId }),
      ),
    );
    expect(answers.map((answer) => answer.__typename)).toEqual(
      Array.from({ length: MEMBERS }, () => 'BookingConfirmed'),
    );
    const sequences = await app.database.query(
      'select sequence::int from ledger_transaction where coop_id = $1 order by sequence',
      [coop.coopId],
    );
    expect(sequences).toEqual(Array.from({ length: MEMBERS }, (_, index) => ({ sequence: index + 1 })));
    expect(await brokenChains()).toEqual([]);
  });

  it('refuse a hold whose time ends while they wait, and charge nothing', async () => {
    const { answer, states, charges } = await confirmLate(
      ['2026-11-19T11:00:00Z', '2026-11-19T12:00:00Z'],
      HOLD_MS,
    );
    expect(answer.__typename).toBe('HoldLapsed');
    expect(states).toEqual([{ state: 'held', charged_minor: '0' }]);
    expect(charges).toEqual([]);
  });

  it('confirm by the time behind the books, to the millisecond, when it is not over', async () => {
    const { answer, charges } = await confirmLate(
      ['2026-11-19T11:00:00Z', '2026-11-19T12:00:00Z'],
      HOLD_MS - 1,
    );
    expect(answer).toMatchObject({ __typename: 'BookingConfirmed', booking: { state: 'CONFIRMED' } });
    expect(charges).toHaveLength(1);
    const rows = await app.database.query(
      `select confirmed_at, posted_at, at from booking
         join ledger_transaction as posted on posted.coop_id = booking.coop_id and posted.reference = booking.id
         join booking_event as event on event.coop_id = booking.coop_id and event.booking_id = booking.id
          and event.kind = 'confirmed' where booking.id = $1`,
      [answer.booking?.id],
    );
    const at = new Date(Date.parse(NOW) + HOLD_MS - 1);
    expect(rows).toEqual([{ confirmed_at: at, posted_at: at, at }]);
  });
});

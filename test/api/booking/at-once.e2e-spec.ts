import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CHECKS } from '../../../apps/api/src/booking/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import {
  aCell,
  aWorkshop,
  askForSlot,
  aHold,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { tries } from '../../support/proof.js';
import { until } from '../../support/until.js';

const CONTENDERS = 20;
const ROUNDS = tries(100, 300);
const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let coop: TestCoop;
let members: TestMember[];
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  members = [];
  for (let count = 0; count < CONTENDERS; count += 1) members.push(await aMember(app, coop));
  const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
  cell = await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC', openingHours }), { stations: 1 });
});
afterAll(async () => {
  await app.stop();
});

const tally = (kinds: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((own) => own === kind).length]),
  );

async function release(member: TestMember | undefined, bookingId: string | undefined): Promise<void> {
  if (member === undefined || bookingId === undefined) return;
  await changeClaim(app, member, 'releaseHold', { coopId: coop.coopId, bookingId });
}

describe('at once', () => {
  it(
    'gives one slot to one of twenty members who ask for overlapping windows, a hundred times',
    async () => {
      const kinds: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const startAt = Date.parse('2026-11-20T00:00:00Z') + round * 6 * 3_600_000;
        const answers = await Promise.all(
          members.map((member, index) => {
            // Every window covers the same half hour in the middle, each with its own start and end.
            const fromAt = new Date(startAt + (index % 5) * 1_800_000).toISOString();
            const toAt = new Date(startAt + 3 * 3_600_000 + (index % 4) * 1_800_000).toISOString();
            const station = index % 2 === 0 ? { stationId: cell.stationIds[0] } : {};
            return askForSlot(app, member, cell, [fromAt, toAt], station);
          }),
        );
        kinds.push(...answers.map((answer) => answer.__typename));
        // The winner confirms, so that the limit of holds never decides in the place of the lock.
        const won = answers.findIndex((answer) => answer.booking !== undefined);
        const input = { coopId: coop.coopId, bookingId: answers[won]?.booking?.id ?? '' };
        const confirmed = await changeClaim(app, members[won] ?? coop.admin, 'confirmBooking', input);
        kinds.push(confirmed.__typename);
      }
      expect(tally(kinds)).toEqual({
        BookingConfirmed: ROUNDS,
        SlotHeld: ROUNDS,
        SlotTaken: ROUNDS * (CONTENDERS - 1),
      });
      const overlap = CHECKS.find((check) => check.name === 'no two live claims of a station overlap');
      expect(await app.database.query(overlap?.violations ?? '')).toEqual([]);
      const [counted] = await app.database.query<{ count: string }>(overlap?.counted ?? '');
      expect(counted?.count).toBe(String(ROUNDS));
    },
    tries(600_000, 900_000),
  );

  it('fills every station of a cell and no more when all ask without naming one', async () => {
    const wide = await aCell(app, cell, { stations: 7 });
    const window = ['2026-11-19T09:00:00Z', '2026-11-19T10:00:00Z'] as const;
    const answers = await Promise.all(members.map((member) => askForSlot(app, member, wide, window)));
    await Promise.all(answers.map((answer, index) => release(members[index], answer.booking?.id)));
    expect(tally(answers.map((answer) => answer.__typename))).toEqual({ SlotHeld: 7, SlotTaken: 13 });
    const stations = answers.flatMap((answer) => answer.booking?.station.id ?? []);
    expect(new Set(stations).size).toBe(7);
  });

  it('never lets one member hold more than the limit, over cells and stations', async () => {
    const strict = await aCoop(app);
    const member = await aMember(app, strict);
    const workshop = await aWorkshop(app, strict);
    const cells = [await aCell(app, workshop, { stations: 5 }), await aCell(app, workshop, { stations: 5 })];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const own = cells[index % 2] ?? cells[0];
        if (own === undefined) throw new Error('no cell');
        const hour = String(9 + Math.floor(index / 4)).padStart(2, '0');
        return askForSlot(app, member, own, [`2026-11-19T${hour}:00:00Z`, `2026-11-19T${hour}:30:00Z`]);
      }),
    );
    expect(tally(answers.map((answer) => answer.__typename))).toEqual({ HoldLimitReached: 17, SlotHeld: 3 });
  });

  it('holds once when one request arrives twenty times', async () => {
    const member = await aMember(app, coop);
    const own = await aCell(app, cell, { stations: 20 });
    const requestId = randomUUID();
    const window = ['2026-11-19T09:00:00Z', '2026-11-19T10:00:00Z'] as const;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => askForSlot(app, member, own, window, { requestId })),
    );
    expect(new Set(answers.map((answer) => answer.booking?.id)).size).toBe(1);
    const rows = await app.database.query('select 1 from booking where cell_id = $1', [own.cellId]);
    expect(rows).toHaveLength(1);
  });

  it('charges once when twenty confirmations of a hold arrive, of one request or of twenty', async () => {
    const own = await aCell(app, cell, { stations: 2 });
    const window = ['2026-11-19T13:00:00Z', '2026-11-19T14:00:00Z'] as const;
    const confirmAll = async (requestIds: readonly string[]): Promise<string[]> => {
      const member = await aMember(app, coop);
      const { id: bookingId } = await aHold(app, member, own, window);
      const answers = await Promise.all(
        requestIds.map((requestId) =>
          changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId, requestId }),
        ),
      );
      const charges = await app.database.query('select 1 from ledger_transaction where reference = $1', [
        bookingId,
      ]);
      expect(charges).toHaveLength(1);
      return answers.map((answer) => answer.__typename);
    };
    const one = randomUUID();
    expect(tally(await confirmAll(Array.from({ length: 20 }, () => one)))).toEqual({ BookingConfirmed: 20 });
    expect(tally(await confirmAll(Array.from({ length: 20 }, () => randomUUID())))).toEqual({
      BookingConfirmed: 1,
      NotHeld: 19,
    });
  });

  it('tells who loses to a claim that no lock showed by the exclusion constraint, and what is free instead', async () => {
    const own = await aCell(app, cell, { stations: 1 });
    const window = ['2026-11-19T15:00:00Z', '2026-11-19T16:00:00Z'] as const;
    const winner = new pg.Client({ connectionString: app.database.url });
    await winner.connect();
    try {
      await winner.query('BEGIN');
      // Another session that takes none of the locks claims the slot and has not committed yet.
      await winner.query(
        `insert into booking (coop_id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor, currency,
           held_at, expires_at, confirmed_at)
         values ($1, $2, $3, $4, $5, 'confirmed', tstzrange($6, $7), tstzrange($6, $7), 0, 'EUR', $8, $9, $8)`,
        [
          ...[own.coopId, own.workshopId, own.cellId, own.stationIds[0], members[0]?.accountId],
          ...[...window, NOW, '2026-11-18T08:15:00.000Z'],
        ],
      );
      const member = await aMember(app, coop);
      const asked = askForSlot(app, member, own, window);
      await until('the hold to wait for the other claim', async () => {
        const waiting = await app.database.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
      await winner.query('COMMIT');
      expect(await asked).toMatchObject({ __typename: 'SlotTaken', freeFrom: '2026-11-19T16:00:00.000Z' });
    } finally {
      await winner.end();
    }
    const rows = await app.database.query('select state from booking where cell_id = $1', [own.cellId]);
    expect(rows).toEqual([{ state: 'confirmed' }]);
  });

  it('lets either the check-in or the cancellation of a booking win, and credits only the second', async () => {
    const own = await aCell(app, cell, { stations: 10, gridMinutes: 15 });
    const operator = await aMember(app, coop, ['operator']);
    const checkIn = async (bookingId: string): Promise<string> => {
      const input = { coopId: coop.coopId, bookingId, requestId: randomUUID() };
      const query = 'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }';
      const answer = await app.gql<{ checkIn: { __typename: string } }>(query, { input }, operator);
      return answer.checkIn.__typename;
    };
    const outcomes = await Promise.all(
      members.slice(0, 10).map(async (member) => {
        const hold = await aHold(app, member, own, ['2026-11-18T08:15:00Z', '2026-11-18T09:15:00Z']);
        const input = { coopId: coop.coopId, bookingId: hold.id };
        await changeClaim(app, member, 'confirmBooking', input);
        const [begun, cancelled] = await Promise.all([
          checkIn(hold.id),
          changeClaim(app, member, 'cancelBooking', input),
        ]);
        return `${begun} ${cancelled.__typename}`;
      }),
    );
    expect(
      outcomes.filter((pair) => pair !== 'CheckedIn TooLateToCancel' && pair !== 'NotYet BookingCancelled'),
    ).toEqual([]);
    const violations = await Promise.all(CHECKS.map((check) => app.database.query(check.violations)));
    expect(violations.flat()).toEqual([]);
  });

  it('lets either the confirmation or the release of a hold win, and charges only for the first', async () => {
    const own = await aCell(app, cell, { stations: 10 });
    const outcomes = await Promise.all(
      members.slice(0, 10).map(async (member) => {
        const hold = await aHold(app, member, own, ['2026-11-19T11:00:00Z', '2026-11-19T12:00:00Z']);
        const input = { coopId: coop.coopId, bookingId: hold.id };
        const [confirmed, released] = await Promise.all([
          changeClaim(app, member, 'confirmBooking', input),
          changeClaim(app, member, 'releaseHold', input),
        ]);
        return [confirmed.__typename, released.__typename].join(' ');
      }),
    );
    expect(
      outcomes.filter((pair) => pair !== 'BookingConfirmed NotHeld' && pair !== 'NotHeld HoldReleased'),
    ).toEqual([]);
    const violations = await Promise.all(CHECKS.map((check) => app.database.query(check.violations)));
    expect(violations.flat()).toEqual([]);
  });
});

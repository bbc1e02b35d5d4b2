import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { tries } from '../../support/proof.js';
import { nothingIsWrong } from './scene.js';

const CONTENDERS = 20;
const ROUNDS = tries(15, 100);
const NOW = '2026-11-18T08:00:00.000Z';
const HOUR = 3_600_000;

let app: TestApp;
let coop: TestCoop;
let members: TestMember[];
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  await app.database.query('update coop set hold_limit = 50 where id = $1', [coop.coopId]);
  members = [];
  for (let count = 0; count < CONTENDERS; count += 1) members.push(await aMember(app, coop));
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
  const workshop = await aWorkshop(app, coop, { timeZone: 'UTC', openingHours });
  cell = await aCell(app, workshop, { stations: 1 });
});

const tally = (kinds: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((own) => own === kind).length]),
  );

/** The window of so many hours from the start of the test's calendar on. */
const hour = (from: number, hours = 1): readonly [string, string] => {
  const startAt = Date.parse('2026-11-19T00:00:00Z') + from * HOUR;
  return [new Date(startAt).toISOString(), new Date(startAt + hours * HOUR).toISOString()];
};

const memberAt = (index: number): TestMember => {
  const member = members[index];
  if (member === undefined) throw new Error(`there is no member ${String(index)}`);
  return member;
};

async function booking(member: TestMember, window: readonly [string, string]): Promise<string> {
  const { id } = await aHold(app, member, cell, window);
  const answer = await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
  if (answer.__typename !== 'BookingConfirmed')
    throw new Error(`expected a booking, got ${answer.__typename}`);
  return id;
}

async function nothingBroke(): Promise<void> {
  await nothingIsWrong({ app });
  const [row] = await app.database.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  expect(row?.deadlocks).toBe('0');
}

const live = async (): Promise<number> =>
  (await app.database.query('select 1 from booking where cell_id = $1 and ended_at is null', [cell.cellId]))
    .length;

describe('at once', () => {
  it(
    'ends a claim once when twenty requests take it back, and gives its window to one of those who ask meanwhile',
    async () => {
      const kinds: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const owner = memberAt(0);
        const confirmed = round % 2 === 0;
        const window = hour(round * 2);
        const id = confirmed ? await booking(owner, window) : (await aHold(app, owner, cell, window)).id;
        const input = { coopId: coop.coopId, bookingId: id };
        const back = confirmed ? 'cancelBooking' : 'releaseHold';
        const [ended, asked] = await Promise.all([
          Promise.all(Array.from({ length: 10 }, () => changeClaim(app, owner, back, input))),
          Promise.all(members.slice(1, 11).map((member) => askForSlot(app, member, cell, window))),
        ]);
        kinds.push(...ended.map((answer) => answer.__typename));
        const held = asked.filter((answer) => answer.__typename === 'SlotHeld');
        expect(held.length).toBeLessThanOrEqual(1);
        expect(asked.filter((answer) => !['SlotHeld', 'SlotTaken'].includes(answer.__typename))).toEqual([]);
      }
      const half = Math.ceil(ROUNDS / 2);
      expect(tally(kinds)).toEqual({
        ...{ BookingCancelled: half, NotConfirmed: half * 9 },
        ...{ HoldReleased: ROUNDS - half, NotHeld: (ROUNDS - half) * 9 },
      });
      await nothingBroke();
    },
    tries(600_000, 900_000),
  );

  it(
    'lets one of twenty members move to a window, and all others keep what they have',
    async () => {
      const own = await Promise.all(members.map((member, index) => booking(member, hour(200 + index))));
      for (let round = 0; round < ROUNDS; round += 1) {
        const [fromAt, toAt] = hour(round * 2);
        const before = await live();
        const answers = await Promise.all(
          members.map((member, index) =>
            changeClaim(app, member, 'rescheduleBooking', {
              ...{ coopId: coop.coopId, bookingId: own[index] ?? '', fromAt, toAt },
            }),
          ),
        );
        expect(tally(answers.map((answer) => answer.__typename))).toEqual({
          BookingRescheduled: 1,
          SlotTaken: CONTENDERS - 1,
        });
        const winner = answers.findIndex((answer) => answer.booking !== undefined);
        own[winner] = answers[winner]?.booking?.id ?? '';
        expect(await live()).toBe(before);
      }
      await nothingBroke();
    },
    tries(600_000, 900_000),
  );

  it('lets two members change places with nobody between, or neither of them, and never both on one window', async () => {
    cell = await aCell(app, cell, { stations: 2 });
    for (let round = 0; round < ROUNDS; round += 1) {
      const windows = [hour(round * 4), hour(round * 4 + 1)] as const;
      const [first, second] = [memberAt(0), memberAt(1)];
      const ids = [await booking(first, windows[0]), await booking(second, windows[1])] as const;
      const moved = await Promise.all([
        changeClaim(app, first, 'rescheduleBooking', {
          ...{ coopId: coop.coopId, bookingId: ids[0], fromAt: windows[1][0], toAt: windows[1][1] },
        }),
        changeClaim(app, second, 'rescheduleBooking', {
          ...{ coopId: coop.coopId, bookingId: ids[1], fromAt: windows[0][0], toAt: windows[0][1] },
        }),
      ]);
      expect(tally(moved.map((answer) => answer.__typename))).toEqual({ BookingRescheduled: 2 });
    }
    await nothingBroke();
  });

  it('extends a hold once when twenty requests ask for it', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const owner = memberAt(round % CONTENDERS);
      const { id } = await aHold(app, owner, cell, hour(round));
      const input = { coopId: coop.coopId, bookingId: id };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => changeClaim(app, owner, 'extendHold', input)),
      );
      expect(tally(answers.map((answer) => answer.__typename))).toEqual({
        CannotExtend: 19,
        HoldExtended: 1,
      });
    }
    await nothingBroke();
  });

  it('settles an extension, a confirmation and a stranger in the last millisecond of a hold as one of the two stories', async () => {
    cell = await aCell(app, cell, { stations: 1 });
    for (let round = 0; round < ROUNDS; round += 1) {
      await app.clock.freeze(new Date(NOW));
      const owner = memberAt(round % CONTENDERS);
      const window = hour(round * 2);
      const { id } = await aHold(app, owner, cell, window);
      const input = { coopId: coop.coopId, bookingId: id };
      await app.clock.step(15 * 60_000 - 1);
      const fresh = { token: await signedIn(app, owner.email) };
      const strangers = await Promise.all(
        [1, 2, 3].map(async (step) => ({
          token: await signedIn(app, memberAt((round + step) % CONTENDERS).email),
        })),
      );
      const change = round % 2 === 0 ? 'extendHold' : 'confirmBooking';
      const [changed, , ...asked] = await Promise.all([
        changeClaim(app, fresh, change, input),
        app.clock.step(1),
        ...strangers.map((stranger) => askForSlot(app, stranger, cell, window)),
      ]);
      const kept = ['HoldExtended', 'BookingConfirmed'].includes(changed.__typename);
      if (!kept) expect(changed.__typename).toBe('HoldLapsed');
      const won = asked.filter((answer) => answer.__typename === 'SlotHeld').length;
      expect(won).toBeLessThanOrEqual(kept ? 0 : 1);
    }
    await nothingBroke();
  });

  it('ends a booking once when a no-show, a cancellation and a check-in meet', async () => {
    cell = await aCell(app, cell, { stations: 10 });
    const outcomes: string[] = [];
    const window = ['2026-11-18T08:00:00Z', '2026-11-18T09:00:00Z'] as const;
    const ids = await Promise.all(members.slice(0, 10).map((member) => booking(member, window)));
    await app.clock.step(15 * 60_000);
    const operator = await aMember(app, coop, ['operator']);
    for (const bookingId of ids) {
      const input = { coopId: coop.coopId, bookingId };
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => changeClaim(app, operator, 'markNoShow', input)),
      );
      outcomes.push(...answers.map((answer) => answer.__typename));
    }
    expect(tally(outcomes)).toEqual({ NoShowMarked: 10, NotConfirmed: 40 });
    expect(await live()).toBe(0);
    await nothingBroke();
  });
});

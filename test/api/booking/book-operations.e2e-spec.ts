import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BookOperations,
  CHECKS,
  CheckIns,
  type BookOperationsOutcome,
} from '../../../apps/api/src/booking/index.js';
import { Transactions } from '../../../apps/api/src/platform/database/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aPlace } from '../../support/builders/waiting-list.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { mutate } from '../workshops/mutate.js';

const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let print: TestCell;
let cut: TestCell;

beforeAll(async () => {
  app = await startTestApp();
  // The operations themselves are production's; here only their claims on stations are looked at.
  await app.database.query('alter table booking drop constraint booking_operation');
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  const workshop = await aWorkshop(app, coop);
  print = await aCell(app, workshop, { stations: 1 });
  cut = await aCell(app, workshop, { kind: 'cut', name: 'Cut', stations: 1 });
});

const step = (position: number, cellKind: string, minutes: number) => ({
  ...{ runOperationId: randomUUID(), position, cellKind, minutes },
});

function book(
  operations: ReturnType<typeof step>[],
  horizon = '2026-12-18T08:00:00Z',
): Promise<BookOperationsOutcome> {
  const { nest } = app;
  const input = { coopId: coop.coopId, notBefore: new Date(NOW), horizon: new Date(horizon), operations };
  return nest
    .get(Transactions, { strict: false })
    .run<'Booked', BookOperationsOutcome>(['Booked'], (tx) =>
      nest.get(BookOperations, { strict: false }).book(tx, input),
    );
}

interface Claim {
  readonly id: string;
  readonly run_operation_id: string;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly price_minor: string;
}

const claims = (): Promise<Claim[]> =>
  app.database.query(
    `select id, run_operation_id, lower(during) as from_at, upper(during) as to_at, price_minor from booking
      where coop_id = $1 and run_operation_id is not null order by lower(during)`,
    [coop.coopId],
  );

describe('BookOperations', () => {
  it('books the operations in recipe order, each as early as it can be, around what members booked', async () => {
    await aHold(app, member, print, TEN_TO_TWELVE);
    const operations = [step(1, 'print', 120), step(2, 'cut', 60)];
    expect(await book(operations)).toEqual({ kind: 'Booked', endsAt: new Date('2026-11-18T13:00:00Z') });
    expect(
      (await claims()).map((claim) => [
        claim.run_operation_id,
        claim.from_at.toISOString(),
        claim.price_minor,
      ]),
    ).toEqual([
      [operations[0]?.runOperationId, '2026-11-18T08:00:00.000Z', '2400'],
      [operations[0]?.runOperationId, '2026-11-18T11:00:00.000Z', '2400'],
      [operations[1]?.runOperationId, '2026-11-18T12:00:00.000Z', '2400'],
    ]);
    expect(
      await askForSlot(app, member, cut, ['2026-11-18T12:00:00Z', '2026-11-18T12:30:00Z']),
    ).toMatchObject({
      __typename: 'SlotTaken',
      freeFrom: '2026-11-18T13:00:00.000Z',
    });
  });

  it('takes the changeover that its own chunks need between them, and pauses for it', async () => {
    await mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { sequence }', {
      ...{ coopId: coop.coopId, cellId: print.cellId, families: ['black'], defaultFamily: 'black' },
      rows: [{ from: 'black', to: 'black', minutes: 30, costMinor: '0' }],
    });
    await aHold(app, member, print, TEN_TO_TWELVE);
    // The hold needs its changeover and leaves one behind it; so does the night, in the open time of the next morning.
    expect(await book([step(1, 'print', 570), step(2, 'print', 30)])).toEqual({
      kind: 'Booked',
      endsAt: new Date('2026-11-19T10:00:00Z'),
    });
    expect((await claims()).map((claim) => claim.from_at.toISOString().slice(8, 16))).toEqual([
      ...['18T08:00', '18T11:30', '19T07:30', '19T09:30'],
    ]);
    const violations = await Promise.all(CHECKS.map((check) => app.database.query(check.violations)));
    expect(violations.flat()).toEqual([]);
  });

  it('takes the window of a hold that has lapsed', async () => {
    await aHold(app, member, print, TEN_TO_TWELVE);
    await app.clock.step(60 * 60_000);
    expect(await book([step(1, 'print', 60)])).toEqual({
      kind: 'Booked',
      endsAt: new Date('2026-11-18T10:00:00Z'),
    });
  });

  it('leaves what a hold that lapsed gives up to the head of the queue, wherever the last pass over it ended', async () => {
    await aHold(app, member, print, TEN_TO_TWELVE);
    const [head, tail] = [await aMember(app, coop), await aMember(app, coop)];
    await aPlace(app, head, print, TEN_TO_TWELVE);
    const entryId = await aPlace(app, tail, print, TEN_TO_TWELVE);
    // As a pass leaves them that had to end before it came to the second.
    await app.database.query(
      `update waiting_entry set looked_at = looked_at - interval '1 minute' where coop_id = $1 and id = $2`,
      [coop.coopId, entryId],
    );
    await app.clock.step(15 * 60_000);
    expect((await book([step(1, 'print', 60)])).kind).toBe('Booked');
    expect(
      await app.database.query(
        'select account_id, state from waiting_entry where coop_id = $1 order by turn',
        [coop.coopId],
      ),
    ).toEqual([
      { account_id: head.accountId, state: 'offered' },
      { account_id: tail.accountId, state: 'waiting' },
    ]);
  });

  it('books nothing and names the operation that finds no capacity before the horizon', async () => {
    const outcome = await book([step(1, 'print', 60), step(2, 'cut', 24 * 60)], '2026-11-19T08:00:00Z');
    expect(outcome).toEqual({ kind: 'NoCapacity', position: 2, cellKind: 'cut' });
    expect(await book([step(1, 'glaze', 60)])).toEqual({
      kind: 'NoCapacity',
      position: 1,
      cellKind: 'glaze',
    });
    expect(await claims()).toEqual([]);
  });

  it('notes check-in and check-out of a booking once each', async () => {
    const hold = await aHold(app, member, print, TEN_TO_TWELVE);
    const { nest } = app;
    const at = new Date(NOW);
    const run = (what: 'checkIn' | 'checkOut', id: string): Promise<{ readonly kind: string }> =>
      nest
        .get(Transactions, { strict: false })
        .run<string, { readonly kind: string }>(['CheckedIn', 'CheckedOut'], (tx) =>
          what === 'checkIn'
            ? nest.get(CheckIns, { strict: false }).checkIn(tx, coop.coopId, id, at)
            : nest.get(CheckIns, { strict: false }).checkOut(tx, coop.coopId, id),
        );
    expect(await run('checkIn', hold.id)).toMatchObject({ kind: 'NotYet' });
    await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: hold.id });
    expect(await run('checkOut', hold.id)).toMatchObject({ kind: 'NotCheckedIn' });
    expect(await run('checkIn', hold.id)).toMatchObject({ kind: 'CheckedIn', booking: { checkedInAt: at } });
    expect(await run('checkIn', hold.id)).toMatchObject({ kind: 'NotYet' });
    expect(await run('checkOut', hold.id)).toMatchObject({
      kind: 'CheckedOut',
      booking: { checkedOutAt: at },
    });
    expect(await run('checkOut', hold.id)).toMatchObject({ kind: 'NotCheckedIn' });
    expect(await run('checkIn', randomUUID())).toEqual({ kind: 'NotFound' });
  });
});

describe('at once', () => {
  it('books ten runs while members hold the same stations, and no two claims overlap', async () => {
    await app.database.query('update coop set hold_limit = 50 where id = $1', [coop.coopId]);
    const token = await signedIn(app, member.email);
    const runs = Array.from({ length: 10 }, () =>
      book([step(1, 'print', 60), step(2, 'cut', 60), step(3, 'print', 30)]),
    );
    const holds = Array.from({ length: 20 }, (_, index) => {
      const hour = String(8 + Math.floor(index / 2)).padStart(2, '0');
      const window = [`2026-11-18T${hour}:00:00Z`, `2026-11-18T${hour}:30:00Z`] as const;
      return askForSlot(app, { token }, index % 2 === 0 ? print : cut, window);
    });
    const kinds = (await Promise.all(runs)).map((outcome) => outcome.kind);
    expect(kinds).toEqual(Array.from({ length: 10 }, () => 'Booked'));
    const answers = (await Promise.all(holds)).map((answer) => answer.__typename);
    expect(answers.filter((kind) => kind !== 'SlotHeld' && kind !== 'SlotTaken')).toEqual([]);
    const minutes = (await claims()).reduce(
      (sum, claim) => sum + (claim.to_at.getTime() - claim.from_at.getTime()) / 60_000,
      0,
    );
    expect(minutes).toBe(10 * 150);
    const violations = await Promise.all(CHECKS.map((check) => app.database.query(check.violations)));
    expect(violations.flat()).toEqual([]);
  });
});

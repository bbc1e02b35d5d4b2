import { randomUUID } from 'node:crypto';
import { CHECKS as BOOKING_CHECKS } from '../../../apps/api/src/booking/index.js';
import { CloseDrop } from '../../../apps/api/src/orders/close-drop/close-drop.js';
import { SettleDrop } from '../../../apps/api/src/orders/close-drop/settle-drop.js';
import { CapturePayment } from '../../../apps/api/src/orders/take-payment/capture-payment.js';
import { CHECKS as PAYOUTS_CHECKS } from '../../../apps/api/src/payouts/index.js';
import { CheckIn } from '../../../apps/api/src/production/check-in/check-in.js';
import { CheckOut } from '../../../apps/api/src/production/check-out/check-out.js';
import { CHECKS } from '../../../apps/api/src/production/index.js';
import { PlanLot } from '../../../apps/api/src/production/plan-lot/plan-lot.js';
import { StartRun } from '../../../apps/api/src/production/start-run/start-run.js';
import type { TestApp } from '../app.js';
import { aCollector, type TestCoop, type TestPerson } from './membership.js';
import { DAY_MS, anOpenDrop, anOrder, brokenInvariants, type TestDrop } from './orders.js';
import { aCell, aWorkshop, type TestCell, type TestWorkshop } from './workshops.js';

/** A Monday, 09:00 in Berlin. */
export const START = new Date('2026-11-02T08:00:00Z');

export interface TestFloor extends TestWorkshop {
  readonly print: TestCell;
  readonly qa: TestCell;
}

/** A workshop with what a work of the builders needs: two printers and a bench for inspection. */
export async function aFloor(app: TestApp, coop: TestCoop): Promise<TestFloor> {
  const workshop = await aWorkshop(app, coop);
  const print = await aCell(app, workshop);
  const qa = await aCell(app, workshop, { kind: 'qa', name: 'Bench', stations: 1 });
  return { ...workshop, print, qa };
}

export interface TestOrder {
  readonly orderId: string;
  readonly buyer: TestPerson;
  readonly quantity: number;
}

export interface TestLockedDrop extends TestDrop {
  readonly orders: readonly TestOrder[];
}

export interface TestRun extends TestLockedDrop {
  readonly runId: string;
}

/** A drop that closed with an order of each quantity paid, a week later; nothing is made yet. */
export async function aLockedDrop(
  app: TestApp,
  coop: TestCoop,
  quantities: readonly number[],
  edition: object = {},
  sale: object = {},
): Promise<TestLockedDrop> {
  const drop = await anOpenDrop(app, coop, { edition, drop: sale });
  const orders: TestOrder[] = [];
  for (const quantity of quantities) {
    const buyer = await aCollector(app);
    orders.push({ orderId: await anOrder(app, buyer, drop, { quantity }), buyer, quantity });
  }
  const payments = await app.database.query<{ id: string }>(
    `select p.id from payment p join sale_order o on o.id = p.order_id where o.drop_id = $1`,
    [drop.dropId],
  );
  const { coopId } = drop;
  for (const { id } of payments) await app.nest.get(CapturePayment, { strict: false }).run({ coopId, id });
  await app.clock.step(7 * DAY_MS);
  await app.nest.get(CloseDrop, { strict: false }).run();
  await app.nest.get(SettleDrop, { strict: false }).run({ coopId, id: drop.dropId });
  return { ...drop, orders };
}

/** A run for orders of these quantities, planned on the machines that stand there. */
export async function aRun(
  app: TestApp,
  coop: TestCoop,
  quantities: readonly number[],
  edition: object = {},
  sale: object = {},
): Promise<TestRun> {
  const drop = await aLockedDrop(app, coop, quantities, edition, sale);
  const started = await app.nest.get(StartRun, { strict: false }).run(drop);
  if (started.kind !== 'RunStarted') throw new Error(`Expected RunStarted, got ${JSON.stringify(started)}.`);
  const run = { ...drop, runId: started.runId };
  await planned(app, run);
  return run;
}

/** Plans every lot of the run that has no place yet. */
export async function planned(app: TestApp, run: Pick<TestRun, 'coopId' | 'runId'>): Promise<void> {
  const lots = await app.database.query<{ id: string }>(
    'select id from run_lot where run_id = $1 and planned_at is null order by number',
    [run.runId],
  );
  for (const { id } of lots) {
    const outcome = await app.nest.get(PlanLot, { strict: false }).run({ coopId: run.coopId, id });
    if (outcome.kind !== 'LotPlanned')
      throw new Error(`Expected LotPlanned, got ${JSON.stringify(outcome)}.`);
  }
}

export interface BookedWork {
  readonly id: string;
  readonly kind: string;
  readonly operation: string;
  readonly lot: number;
  readonly station: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly begun: boolean;
}

/** What is booked for a run and was not checked out, by start. */
export function openWork(app: Pick<TestApp, 'database'>, runId: string): Promise<BookedWork[]> {
  return app.database.query<BookedWork & Record<string, unknown>>(
    `select b.id, o.cell_kind as kind, o.name as operation, l.number as lot, c.name || ' ' || s.number as station,
        lower(b.during) as "fromAt", upper(b.during) as "toAt", b.checked_in_at is not null as begun
       from booking b join run_operation o on o.id = b.run_operation_id join run_lot l on l.id = o.lot_id
       join station s on s.id = b.station_id join cell c on c.id = s.cell_id
      where l.run_id = $1 and b.checked_out_at is null order by lower(b.during), o.position`,
    [runId],
  );
}

/** Plays the work of a run up to its inspection, each step in its window; `operatorId` checks in and out. */
export async function makeUnits(
  app: TestApp,
  run: Pick<TestRun, 'coopId' | 'runId'>,
  operatorId: string,
): Promise<void> {
  for (const work of (await openWork(app, run.runId)).filter(({ begun }) => !begun)) {
    const input = () => ({ coopId: run.coopId, bookingId: work.id, requestId: randomUUID() });
    await app.clock.freeze(work.fromAt);
    const begun = await app.nest.get(CheckIn, { strict: false }).run(operatorId, input());
    if (begun.kind !== 'CheckedIn') throw new Error(`Expected CheckedIn, got ${JSON.stringify(begun)}.`);
    // The inspection goes on while quality is recorded.
    if (work.kind === 'qa') continue;
    await app.clock.freeze(work.toAt);
    const ended = await app.nest.get(CheckOut, { strict: false }).run(operatorId, input());
    if (ended.kind !== 'CheckedOut') throw new Error(`Expected CheckedOut, got ${JSON.stringify(ended)}.`);
  }
}

export interface TestUnit {
  readonly id: string;
  readonly orderId: string;
  readonly state: string;
  readonly serial: number | null;
  readonly lot: number;
}

/** The units of a run in the order in which they were made up. */
export function unitsOf(app: Pick<TestApp, 'database'>, runId: string): Promise<TestUnit[]> {
  return app.database.query<TestUnit & Record<string, unknown>>(
    `select u.id, u.order_id as "orderId", u.state, u.serial, l.number as lot
       from unit u join run_lot l on l.id = u.lot_id where u.run_id = $1 order by u.id`,
    [runId],
  );
}

export interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: string;
  readonly field?: string;
  readonly what?: string;
  readonly unit?: { readonly id: string; readonly state: string; readonly serial: number | null };
  readonly order?: { readonly id: string; readonly state: string; readonly handedOverAt: string | null };
  readonly booking?: { readonly checkedInAt: string | null; readonly checkedOutAt: string | null };
}

const FIELDS = {
  checkIn: [
    'CheckInInput',
    '... on NotYet { reason } ... on CheckedIn { booking { checkedInAt checkedOutAt } }',
  ],
  checkOut: ['CheckOutInput', '... on CheckedOut { booking { checkedInAt checkedOutAt } }'],
  recordQuality: [
    'RecordQualityInput',
    '... on InputRefused { field } ... on QualityRecorded { unit { id state serial } }',
  ],
  handOver: ['HandOverInput', '... on OrderHandedOver { order { id state handedOverAt } }'],
} as const;

/** The document of one of production's mutations. */
export function mutationOf(operation: keyof typeof FIELDS): string {
  const [type, fields] = FIELDS[operation];
  return `mutation ($input: ${type}!) { answer: ${operation}(input: $input) {
    __typename ... on Refusal { message } ... on NotFound { what } ${fields} } }`;
}

/** Asks for one of production's mutations through GraphQL. */
export async function ask(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  operation: keyof typeof FIELDS,
  input: object,
): Promise<Answer> {
  const { answer } = await app.gql<{ answer: Answer }>(
    mutationOf(operation),
    { input: { requestId: randomUUID(), ...input } },
    { token: who.token },
  );
  return answer;
}

/** Passes a unit, which must be accepted; returns its serial. */
export async function passUnit(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
  unitId: string,
): Promise<number> {
  const answer = await ask(app, who, 'recordQuality', { coopId, unitId, outcome: 'PASSED' });
  const serial = answer.unit?.serial;
  if (serial === undefined || serial === null)
    throw new Error(`Expected a serial, got ${JSON.stringify(answer)}.`);
  return serial;
}

/** How many of these answers there are of each kind. */
export function tally(answers: readonly { readonly __typename: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename } of answers) counts[__typename] = (counts[__typename] ?? 0) + 1;
  return counts;
}

/** The invariants that do not hold right now, from the catalog to the hand-over, each with its first violations. */
export async function brokenRules(app: Pick<TestApp, 'database'>): Promise<Record<string, object[]>> {
  const broken = await brokenInvariants(app);
  for (const check of [...CHECKS, ...BOOKING_CHECKS, ...PAYOUTS_CHECKS]) {
    const violations = await app.database.query(check.violations);
    if (violations.length > 0) broken[check.name] = violations.slice(0, 3);
  }
  return broken;
}

/** The sums of a co-op's books for one party, by account; a credit is negative. */
export async function booksOf(
  app: Pick<TestApp, 'database'>,
  coopId: string,
  partyId: string | null,
): Promise<Record<string, string>> {
  const rows = await app.database.query<{ account: string; sum: string }>(
    `select account, sum(amount_minor)::text as sum from ledger_entry
      where coop_id = $1 and party_id is not distinct from $2 group by account having sum(amount_minor) <> 0`,
    [coopId, partyId],
  );
  return Object.fromEntries(rows.map((row) => [row.account, row.sum]));
}

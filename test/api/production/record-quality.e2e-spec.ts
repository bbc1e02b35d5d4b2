import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendRefund } from '../../../apps/api/src/orders/refund-order/send-refund.js';
import { PassedUnits, ProductionHistory } from '../../../apps/api/src/production/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import {
  type TestCoop,
  type TestMember,
  aCollector,
  aCoop,
  aMember,
} from '../../support/builders/membership.js';
import { anAgreement } from '../../support/builders/payouts.js';
import {
  START,
  aFloor,
  aRun,
  ask,
  booksOf,
  brokenRules,
  makeUnits,
  mutationOf,
  openWork,
  passUnit,
  planned,
  tally,
  unitsOf,
  type TestRun,
} from '../../support/builders/production.js';

const OPERATORS = 20;

describe('quality', () => {
  let app: TestApp;
  let coop: TestCoop;
  let operator: TestMember;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    await app.clock.freeze(START);
    coop = await aCoop(app);
    await aFloor(app, coop);
  });
  afterEach(async () => {
    expect(await brokenRules(app)).toEqual({});
  });
  afterAll(async () => {
    await app.stop();
  });

  /** A run whose pieces lie on the bench; the operator has signed in at that time. */
  const aMadeRun = async (quantities: readonly number[], edition: object = {}): Promise<TestRun> => {
    const run = await aRun(app, coop, quantities, edition);
    operator = await aMember(app, coop, ['operator']);
    await makeUnits(app, run, operator.accountId);
    operator = await aMember(app, coop, ['operator']);
    return run;
  };
  const inspect = (unitId: string, input: object = {}, who: TestMember = operator) =>
    ask(app, who, 'recordQuality', { coopId: coop.coopId, unitId, outcome: 'PASSED', ...input });
  const jobs = (key: string) =>
    app.database.query('select task_identifier as task from graphile_worker.jobs where key = $1', [key]);
  const runState = async (run: TestRun) =>
    (
      await app.database.query<{ state: string; finished: boolean }>(
        'select state, finished_at is not null as finished from run where id = $1',
        [run.runId],
      )
    )[0];

  it('waits until every operation is done, except that the inspection itself may be going on', async () => {
    const run = await aRun(app, coop, [1]);
    const [unit] = await unitsOf(app, run.runId);
    operator = await aMember(app, coop, ['operator']);
    const [print, bench] = await openWork(app, run.runId);
    const { coopId } = coop;
    expect(await inspect(unit?.id ?? '')).toMatchObject({
      __typename: 'NotReady',
      message: expect.stringContaining('"Print"'),
    });
    await ask(app, operator, 'checkIn', { coopId, bookingId: print?.id });
    expect(await inspect(unit?.id ?? '')).toMatchObject({ __typename: 'NotReady' });
    await ask(app, operator, 'checkOut', { coopId, bookingId: print?.id });
    expect(await inspect(unit?.id ?? '')).toMatchObject({
      __typename: 'NotReady',
      message: expect.stringContaining('"Inspect"'),
    });
    await app.clock.freeze(bench?.fromAt ?? START);
    operator = await aMember(app, coop, ['operator']);
    await ask(app, operator, 'checkIn', { coopId, bookingId: bench?.id });
    expect(await inspect(unit?.id ?? '')).toMatchObject({
      __typename: 'QualityRecorded',
      unit: { state: 'PASSED', serial: 1 },
    });
  });

  it('gives a passed unit its serial, orders its certificate, and tells its history', async () => {
    const run = await aMadeRun([2]);
    const [unit] = await unitsOf(app, run.runId);
    expect(await passUnit(app, operator, coop.coopId, unit?.id ?? '')).toBe(1);
    expect(await jobs(`issue_certificate:${unit?.id ?? ''}`)).toEqual([{ task: 'issue_certificate' }]);
    const passed = await app.nest
      .get(PassedUnits, { strict: false })
      .load(app.database, coop.coopId, unit?.id ?? '');
    expect(passed).toMatchObject({
      ...{ unitId: unit?.id, editionId: run.editionId, serial: 1, orderId: unit?.orderId, runId: run.runId },
      quality: { outcome: 'passed', inspectorId: operator.accountId },
    });
    const history = await app.nest
      .get(ProductionHistory, { strict: false })
      .ofUnit(app.database, coop.coopId, unit?.id ?? '');
    expect(history.map(({ at, until, kind, text, station }) => [at, until, kind, text, station])).toEqual([
      [new Date('2026-11-09T08:00Z'), new Date('2026-11-09T09:00Z'), 'operation', 'Print', 'Print 1'],
      [new Date('2026-11-09T09:00Z'), undefined, 'operation', 'Inspect', 'Bench 1'],
      [new Date('2026-11-09T09:00Z'), undefined, 'quality', 'Inspection passed', undefined],
    ]);
    expect(await runState(run)).toEqual({ state: 'making', finished: false });
  });

  it('finishes the run with its last unit and closes the edition at what was made', async () => {
    const run = await aMadeRun([2, 1]);
    const units = await unitsOf(app, run.runId);
    const key = `close_edition:${run.editionId}`;
    for (const unit of units) {
      expect(await jobs(key)).toEqual([]);
      await passUnit(app, operator, coop.coopId, unit.id);
    }
    expect(await runState(run)).toEqual({ state: 'finished', finished: true });
    expect(await jobs(key)).toEqual([{ task: 'close_edition' }]);
  });

  it('makes a failed unit again as a lot of its own, for the same order, and the run waits for it', async () => {
    const run = await aMadeRun([2]);
    const [bad, good] = await unitsOf(app, run.runId);
    const failed = await inspect(bad?.id ?? '', { outcome: 'FAILED', remedy: 'REMAKE', note: 'Smeared.' });
    expect(failed).toMatchObject({ __typename: 'QualityRecorded', unit: { state: 'FAILED', serial: null } });
    await passUnit(app, operator, coop.coopId, good?.id ?? '');
    expect(await runState(run)).toEqual({ state: 'making', finished: false });
    const remade = (await unitsOf(app, run.runId))[2];
    expect(remade).toMatchObject({ orderId: bad?.orderId, state: 'planned', lot: 2 });
    expect(await inspect(remade?.id ?? '')).toMatchObject({ __typename: 'NotReady' });
    await planned(app, run);
    // 30 minutes of setup and 2 for the one piece, on a grid of 30.
    const work = await openWork(app, run.runId);
    expect(work.filter(({ lot }) => lot === 2).map(({ operation }) => operation)).toEqual([
      'Print',
      'Inspect',
    ]);
    await makeUnits(app, run, operator.accountId);
    operator = await aMember(app, coop, ['operator']);
    expect(await passUnit(app, operator, coop.coopId, remade?.id ?? '')).toBe(2);
    expect(await runState(run)).toEqual({ state: 'finished', finished: true });
    expect(await booksOf(app, coop.coopId, null)).toEqual({ cash: '9000' });
  });

  it('refunds a failed unit to the cent and moves the running totals back', async () => {
    const [anna, ben] = [await aMember(app, coop), await aMember(app, coop)];
    const { versionId } = await anAgreement(app, coop, [anna, ben], ['70%', '30%'], '1/10');
    const run = await aMadeRun([3], { agreementVersionId: versionId, unitPriceMinor: '1001' });
    const [bad, ...good] = await unitsOf(app, run.runId);
    const buyer = run.orders[0]?.buyer.accountId ?? '';
    expect(await booksOf(app, coop.coopId, anna.accountId)).toEqual({ earned: '-1892' });
    const refund = await inspect(bad?.id ?? '', { outcome: 'FAILED', remedy: 'REFUND', note: 'Torn.' });
    expect(refund).toMatchObject({ __typename: 'QualityRecorded', unit: { state: 'FAILED', serial: null } });
    // 2,002 are left: 200 of 200.2 to the co-op, and 1,802 at 70/30 are 1,261.4 and 540.6; the cent is Anna's turn.
    const books = await Promise.all(
      [null, anna.accountId, ben.accountId, buyer].map((party) => booksOf(app, coop.coopId, party)),
    );
    expect(books).toEqual([{ cash: '2002', coop_fee: '-200' }, { earned: '-1262' }, { earned: '-540' }, {}]);
    const [row] = await app.database.query<{ id: string; amount: string; refunded: string; state: string }>(
      `select r.id, r.amount_minor::text as amount, o.refunded_minor::text as refunded, o.state
         from refund r join sale_order o on o.id = r.order_id where o.id = $1`,
      [run.orders[0]?.orderId],
    );
    expect(row).toMatchObject({ amount: '1001', refunded: '1001', state: 'kept' });
    await app.nest.get(SendRefund, { strict: false }).run({ coopId: coop.coopId, id: row?.id ?? '' });
    for (const unit of good) await passUnit(app, operator, coop.coopId, unit.id);
    expect(await runState(run)).toEqual({ state: 'finished', finished: true });
  });

  it('refunds an order whole when its last piece fails, and finishes the run', async () => {
    const run = await aMadeRun([1]);
    const [unit] = await unitsOf(app, run.runId);
    await inspect(unit?.id ?? '', { outcome: 'FAILED', remedy: 'REFUND' });
    const [order] = await app.database.query<{ state: string; refunded: string }>(
      'select state, refunded_minor::text as refunded from sale_order where id = $1',
      [unit?.orderId],
    );
    expect(order).toEqual({ state: 'refunded', refunded: '4500' });
    expect(await runState(run)).toEqual({ state: 'finished', finished: true });
    expect(await booksOf(app, coop.coopId, null)).toEqual({});
  });

  it('shows a buyer one piece for each that was ordered, a remade one once', async () => {
    const run = await aMadeRun([2]);
    const [bad, good] = await unitsOf(app, run.runId);
    await inspect(bad?.id ?? '', { outcome: 'FAILED', remedy: 'REMAKE' });
    await passUnit(app, operator, coop.coopId, good?.id ?? '');
    const buyer = await aCollector(app, run.orders[0]?.buyer.email);
    const { order } = await app.gql<{ order: object }>(
      'query ($coopId: ID!, $id: ID!) { order(coopId: $coopId, id: $id) { units { state serial } } }',
      { coopId: coop.coopId, id: run.orders[0]?.orderId },
      { token: buyer.token },
    );
    expect(order).toEqual({
      units: [
        { state: 'PASSED', serial: 1 },
        { state: 'PLANNED', serial: null },
      ],
    });
    await planned(app, run);
  });

  it('answers the same request again with the same unit, and refuses it with another input', async () => {
    const run = await aMadeRun([2]);
    const [unit, other] = await unitsOf(app, run.runId);
    const requestId = randomUUID();
    const first = await inspect(unit?.id ?? '', { requestId });
    expect(await inspect(unit?.id ?? '', { requestId })).toEqual(first);
    expect(await inspect(other?.id ?? '', { requestId })).toMatchObject({ __typename: 'RequestIdReused' });
    expect(await inspect(unit?.id ?? '')).toMatchObject({ __typename: 'AlreadyInspected' });
  });

  it('refuses a failure without a remedy, a pass with one, a long note and a unit that is not there', async () => {
    const run = await aMadeRun([1]);
    const [unit] = await unitsOf(app, run.runId);
    const id = unit?.id ?? '';
    expect(await inspect(id, { outcome: 'FAILED' })).toMatchObject({ field: 'remedy' });
    expect(await inspect(id, { remedy: 'REFUND' })).toMatchObject({ field: 'remedy' });
    expect(await inspect(id, { note: 'n'.repeat(1001) })).toMatchObject({ field: 'note' });
    expect(await inspect(randomUUID())).toMatchObject({ __typename: 'NotFound', what: 'unit' });
    expect(await inspect('no-id')).toMatchObject({ __typename: 'NotFound', what: 'unit' });
    const other = await aCoop(app);
    const theirs = await ask(app, other.admin, 'recordQuality', {
      ...{ coopId: other.coopId, unitId: id, outcome: 'PASSED' },
    });
    expect(theirs).toMatchObject({ __typename: 'NotFound', what: 'unit' });
    const member = await aMember(app, coop, ['member', 'treasurer']);
    const input = { coopId: coop.coopId, unitId: id, outcome: 'PASSED', requestId: randomUUID() };
    const { errors } = await app.ask(mutationOf('recordQuality'), { input }, { token: member.token });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  describe('at once', () => {
    it('gives twenty operators who pass twenty units the serials 1 to 20, each once', async () => {
      const run = await aMadeRun([7, 9, 4]);
      const operators: TestMember[] = [];
      for (let count = 0; count < OPERATORS; count += 1)
        operators.push(await aMember(app, coop, ['operator']));
      const units = await unitsOf(app, run.runId);
      const answers = await Promise.all(units.map((unit, index) => inspect(unit.id, {}, operators[index])));
      expect(tally(answers)).toEqual({ QualityRecorded: OPERATORS });
      const serials = answers.map((answer) => answer.unit?.serial ?? 0).sort((a, b) => a - b);
      expect(serials).toEqual(Array.from({ length: OPERATORS }, (_, index) => index + 1));
      expect(await runState(run)).toEqual({ state: 'finished', finished: true });
    });

    it('lets one of many operators inspect a unit, and settles it once', async () => {
      const run = await aMadeRun([1]);
      const second = await aMember(app, coop, ['operator']);
      const [unit] = await unitsOf(app, run.runId);
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          inspect(
            unit?.id ?? '',
            index % 3 === 0 ? {} : { outcome: 'FAILED', remedy: index % 3 === 1 ? 'REFUND' : 'REMAKE' },
            index % 2 === 0 ? operator : second,
          ),
        ),
      );
      expect(tally(answers)).toEqual({ QualityRecorded: 1, AlreadyInspected: 11 });
      const [records] = await app.database.query<{ count: number }>(
        'select count(*)::int as count from quality_record where unit_id = $1',
        [unit?.id],
      );
      expect(records?.count).toBe(1);
      await planned(app, run);
    });
  });
});

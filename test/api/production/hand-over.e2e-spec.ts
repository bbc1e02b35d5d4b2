import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestMember, aCoop, aMember } from '../../support/builders/membership.js';
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
  passUnit,
  tally,
  unitsOf,
  type TestRun,
} from '../../support/builders/production.js';

describe('a hand-over', () => {
  let app: TestApp;
  let coop: TestCoop;
  let operator: TestMember;
  let anna: TestMember;
  let ben: TestMember;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    await app.clock.freeze(START);
    coop = await aCoop(app);
    await aFloor(app, coop);
    [anna, ben] = [await aMember(app, coop), await aMember(app, coop)];
  });
  afterEach(async () => {
    expect(await brokenRules(app)).toEqual({});
  });
  afterAll(async () => {
    await app.stop();
  });

  /** A run at 10.01 a piece, a tenth to the co-op and the rest at 70/30, made up to the inspection. */
  const aMadeRun = async (quantities: readonly number[]): Promise<TestRun> => {
    const { versionId } = await anAgreement(app, coop, [anna, ben], ['70%', '30%'], '1/10');
    const run = await aRun(app, coop, quantities, { agreementVersionId: versionId, unitPriceMinor: '1001' });
    operator = await aMember(app, coop, ['operator']);
    await makeUnits(app, run, operator.accountId);
    operator = await aMember(app, coop, ['operator']);
    return run;
  };
  const handOver = (orderId: string, input: object = {}) =>
    ask(app, operator, 'handOver', { coopId: coop.coopId, orderId, ...input });
  const books = () =>
    Promise.all([null, anna.accountId, ben.accountId].map((party) => booksOf(app, coop.coopId, party)));
  const posted = async (orderId: string) =>
    (
      await app.database.query(
        `select 1 from ledger_transaction where reference = $1 and kind = 'handed_over'`,
        [orderId],
      )
    ).length;
  const passAll = async (run: TestRun): Promise<void> => {
    for (const unit of await unitsOf(app, run.runId))
      if (unit.state === 'planned') await passUnit(app, operator, coop.coopId, unit.id);
  };

  it('waits until every piece has passed, then makes the money of the sale payable', async () => {
    const run = await aMadeRun([2]);
    const orderId = run.orders[0]?.orderId ?? '';
    const [first] = await unitsOf(app, run.runId);
    expect(await handOver(orderId)).toMatchObject({ __typename: 'NotReady' });
    await passUnit(app, operator, coop.coopId, first?.id ?? '');
    expect(await handOver(orderId)).toMatchObject({
      __typename: 'NotReady',
      message: expect.stringContaining('1 of 2 pieces'),
    });
    expect(await posted(orderId)).toBe(0);
    await passAll(run);
    expect(await handOver(orderId)).toMatchObject({
      __typename: 'OrderHandedOver',
      order: { state: 'HANDED_OVER', handedOverAt: (await app.clock.now()).toISOString() },
    });
    expect((await unitsOf(app, run.runId)).map((unit) => [unit.state, unit.serial])).toEqual([
      ['handed_over', 1],
      ['handed_over', 2],
    ]);
    // 2,002: 200 of 200.2 to the co-op, and 1,802 at 70/30 are 1,261.4 and 540.6; the cent is Anna's turn.
    expect(await books()).toEqual([
      { cash: '2002', coop_fee: '-200' },
      { payable: '-1262' },
      { payable: '-540' },
    ]);
    expect(await handOver(orderId)).toMatchObject({ __typename: 'NotReady' });
    expect(await posted(orderId)).toBe(1);
  });

  it('counts only what was not refunded', async () => {
    const run = await aMadeRun([3]);
    const orderId = run.orders[0]?.orderId ?? '';
    const [bad] = await unitsOf(app, run.runId);
    const { coopId } = coop;
    await ask(app, operator, 'recordQuality', {
      ...{ coopId, unitId: bad?.id, outcome: 'FAILED', remedy: 'REFUND', note: 'Torn.' },
    });
    await passAll(run);
    expect(await handOver(orderId)).toMatchObject({ __typename: 'OrderHandedOver' });
    expect((await unitsOf(app, run.runId)).map((unit) => unit.state)).toEqual([
      'failed',
      'handed_over',
      'handed_over',
    ]);
    expect(await books()).toEqual([
      { cash: '2002', coop_fee: '-200' },
      { payable: '-1262' },
      { payable: '-540' },
    ]);
  });

  it('leaves the money of other orders where it is', async () => {
    const run = await aMadeRun([1, 1]);
    await passAll(run);
    await handOver(run.orders[1]?.orderId ?? '');
    // Of 2,002 sold, 1,001 were handed over: 100 of 100.1 to the co-op, and 901 at 70/30 are 630.7 and 270.3.
    expect(await books()).toEqual([
      { cash: '2002', coop_fee: '-200' },
      { payable: '-631', earned: '-631' },
      { payable: '-270', earned: '-270' },
    ]);
  });

  it('is refused for an order that was refunded whole, is not there, or belongs to another co-op', async () => {
    const run = await aMadeRun([1]);
    const orderId = run.orders[0]?.orderId ?? '';
    const [unit] = await unitsOf(app, run.runId);
    const { coopId } = coop;
    await ask(app, operator, 'recordQuality', {
      ...{ coopId, unitId: unit?.id, outcome: 'FAILED', remedy: 'REFUND' },
    });
    expect(await handOver(orderId)).toMatchObject({
      __typename: 'NotReady',
      message: expect.stringContaining('refunded'),
    });
    expect(await handOver(randomUUID())).toMatchObject({ __typename: 'NotFound', what: 'order' });
    expect(await handOver('no-id')).toMatchObject({ __typename: 'NotFound', what: 'order' });
    const other = await aCoop(app);
    expect(await ask(app, other.admin, 'handOver', { coopId: other.coopId, orderId })).toMatchObject({
      __typename: 'NotFound',
    });
    const input = { coopId, orderId, requestId: randomUUID() };
    const { token } = await aMember(app, coop, ['member', 'treasurer']);
    const { errors } = await app.ask(mutationOf('handOver'), { input }, { token });
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('answers the same request again with the same order, and refuses it with another input', async () => {
    const run = await aMadeRun([1, 1]);
    await passAll(run);
    const [orderId = '', other = ''] = run.orders.map((order) => order.orderId);
    const requestId = randomUUID();
    const first = await handOver(orderId, { requestId });
    expect(await handOver(orderId, { requestId })).toEqual(first);
    expect(await handOver(other, { requestId })).toMatchObject({ __typename: 'RequestIdReused' });
    expect(await posted(orderId)).toBe(1);
  });

  describe('at once', () => {
    it('posts once, whoever asks', async () => {
      const run = await aMadeRun([3]);
      await passAll(run);
      const orderId = run.orders[0]?.orderId ?? '';
      const answers = await Promise.all(Array.from({ length: 16 }, () => handOver(orderId)));
      expect(tally(answers)).toEqual({ OrderHandedOver: 1, NotReady: 15 });
      expect(await posted(orderId)).toBe(1);
    });

    it('hands every order over while the last pieces are still being inspected, and nothing twice', async () => {
      const run = await aMadeRun([2, 2, 2]);
      const units = await unitsOf(app, run.runId);
      const passes = units.map((unit) => passUnit(app, operator, coop.coopId, unit.id));
      const early = run.orders.map((order) => handOver(order.orderId));
      await Promise.all(passes);
      const first = await Promise.all(early);
      const second = await Promise.all(run.orders.map((order) => handOver(order.orderId)));
      expect(tally([...first, ...second])).toMatchObject({ OrderHandedOver: 3 });
      for (const order of run.orders) expect(await posted(order.orderId)).toBe(1);
    });
  });
});

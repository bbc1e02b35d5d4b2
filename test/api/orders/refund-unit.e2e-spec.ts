import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CloseDrop } from '../../../apps/api/src/orders/close-drop/close-drop.js';
import { SettleDrop } from '../../../apps/api/src/orders/close-drop/settle-drop.js';
import { KeptOrders, MarkHandedOver, Orders, RefundUnit } from '../../../apps/api/src/orders/index.js';
import { CapturePayment } from '../../../apps/api/src/orders/take-payment/capture-payment.js';
import { Database, Transactions, type Transaction } from '../../../apps/api/src/platform/database/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, aCollector, aCoop } from '../../support/builders/membership.js';
import {
  DAY_MS,
  anOpenDrop,
  anOrder,
  brokenInvariants,
  orderStates,
  postedKinds,
  type TestDrop,
} from '../../support/builders/orders.js';

/** What production does with orders after the close, in transactions as it makes them. */
describe('a kept order', () => {
  let app: TestApp;
  let coop: TestCoop;
  let drop: TestDrop;
  let orderId: string;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    coop = await aCoop(app);
    drop = await anOpenDrop(app, coop);
    orderId = await anOrder(app, await aCollector(app), drop, { quantity: 2 });
    const [payment] = await app.database.query<{ id: string }>('select id from payment where order_id = $1', [
      orderId,
    ]);
    const { coopId, dropId } = drop;
    await app.nest.get(CapturePayment, { strict: false }).run({ coopId, id: payment?.id ?? '' });
    await app.clock.step(7 * DAY_MS);
    await app.nest.get(CloseDrop, { strict: false }).run();
    await app.nest.get(SettleDrop, { strict: false }).run({ coopId, id: dropId });
    await app.clock.release();
  });
  afterAll(async () => {
    await app.stop();
  });

  const inTransaction = (work: (tx: Transaction) => Promise<void>) =>
    app.nest.get(Transactions, { strict: false }).run(['Done'], async (tx) => {
      await tx.lock('sale_order', coop.coopId, [orderId]);
      await work(tx);
      return { kind: 'Done' };
    });
  const refundOne = (refundId: string = randomUUID()) =>
    inTransaction((tx) =>
      app.nest.get(RefundUnit, { strict: false }).run(tx, { coopId: coop.coopId, orderId, refundId }),
    );
  const handOver = () =>
    inTransaction(async (tx) =>
      app.nest
        .get(MarkHandedOver, { strict: false })
        .run(tx, { coopId: coop.coopId, orderId, at: await tx.now() }),
    );
  const order = () =>
    app.nest
      .get(Orders, { strict: false })
      .load(app.nest.get(Database, { strict: false }), coop.coopId, orderId);

  it('is one of those that the run is made for', async () => {
    const kept = app.nest.get(KeptOrders, { strict: false });
    const database = app.nest.get(Database, { strict: false });
    expect(await kept.sumOf(database, coop.coopId, drop.dropId)).toMatchObject({ quantity: 2 });
    const pages = [];
    for await (const page of kept.ofDrop(database, coop.coopId, drop.dropId)) pages.push(page);
    expect(pages).toEqual([[{ orderId, quantity: 2 }]]);
  });

  it('gets the price of one unit back when that unit fails, and moves the running total back', async () => {
    await refundOne();
    expect(await order()).toMatchObject({ state: 'kept', refundedMinor: 4500n });
    expect(await postedKinds(app, coop.coopId)).toEqual(['deposit_received', 'sale_made', 'sale_refunded']);
    expect(await brokenInvariants(app)).toEqual({});
  });

  it('is refunded when its last unit is, and then no more', async () => {
    await refundOne();
    await refundOne();
    expect(await order()).toMatchObject({ state: 'refunded', refundedMinor: 9000n });
    await expect(refundOne()).rejects.toThrow('is not kept');
    expect(await brokenInvariants(app)).toEqual({});
  });

  it('is handed over once', async () => {
    await handOver();
    expect(await orderStates(app, drop)).toEqual({ handed_over: 1 });
    await expect(handOver()).rejects.toThrow('is not kept');
    expect(await brokenInvariants(app)).toEqual({});
  });

  describe('at once', () => {
    it('gets no unit back twice under one refund id', async () => {
      const refundId = randomUUID();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => refundOne(refundId)));
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      expect(await order()).toMatchObject({ refundedMinor: 4500n });
      expect(await brokenInvariants(app)).toEqual({});
    });
  });
});

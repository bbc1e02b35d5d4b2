import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CapturePayment } from '../../../apps/api/src/orders/take-payment/capture-payment.js';
import { CloseDrop } from '../../../apps/api/src/orders/close-drop/close-drop.js';
import { SettleDrop } from '../../../apps/api/src/orders/close-drop/settle-drop.js';
import { SendRefund } from '../../../apps/api/src/orders/refund-order/send-refund.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestPerson, aCollector, aCoop } from '../../support/builders/membership.js';
import {
  DAY_MS,
  anOpenDrop,
  anOrder,
  askForUnits,
  brokenInvariants,
  orderStates,
  postedKinds,
  seenDrop,
  type TestDrop,
} from '../../support/builders/orders.js';
import { START } from '../../support/builders/production.js';

/** Jobs and sweeps are run by hand here, so that each moment between two of them can be looked at. */
describe('closing a drop', () => {
  let app: TestApp;
  let coop: TestCoop;
  let collector: TestPerson;
  beforeAll(async () => {
    app = await startTestApp();
    // Held still, since the moments before a close are shorter than what a slow machine takes.
    await app.clock.freeze(START);
    coop = await aCoop(app);
    collector = await aCollector(app);
  });
  afterEach(async () => {
    expect(await brokenInvariants(app)).toEqual({});
    await app.clock.freeze(START);
  });
  afterAll(async () => {
    await app.stop();
  });

  const pay = async (drop: TestDrop, orders: number, quantity = 1) => {
    for (let placed = 0; placed < orders; placed += 1) await anOrder(app, collector, drop, { quantity });
    const payments = await app.database.query<{ id: string }>(
      `select p.id from payment p join sale_order o on o.id = p.order_id where o.drop_id = $1 and p.state = 'requested'`,
      [drop.dropId],
    );
    for (const { id } of payments)
      await app.nest.get(CapturePayment, { strict: false }).run({ coopId: drop.coopId, id });
  };
  const closeAll = async () => {
    await app.clock.step(7 * DAY_MS);
    await app.nest.get(CloseDrop, { strict: false }).run();
  };
  const settle = (drop: TestDrop) =>
    app.nest.get(SettleDrop, { strict: false }).run({ coopId: drop.coopId, id: drop.dropId });
  const waiting = async (key: string) =>
    (
      await app.database.query('select task_identifier as task from graphile_worker.jobs where key = $1', [
        key,
      ])
    ).length;

  it('turns every paid order into a sale and starts the run when the minimum is met', async () => {
    const drop = await anOpenDrop(app, coop, { drop: { minimumUnits: 6 } });
    await pay(drop, 3, 2);
    await closeAll();
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'LOCKED', unitsOrdered: 6 });
    expect([await waiting(`settle_drop:${drop.dropId}`), await waiting(`start_run:${drop.dropId}`)]).toEqual([
      1, 0,
    ]);
    await settle(drop);
    expect(await orderStates(app, drop)).toEqual({ kept: 3 });
    expect(await waiting(`start_run:${drop.dropId}`)).toBe(1);
    const kinds = (await postedKinds(app, coop.coopId)).slice(-6);
    expect(kinds).toEqual([
      ...Array<string>(3).fill('deposit_received'),
      ...Array<string>(3).fill('sale_made'),
    ]);
  });

  it('refunds every order when the minimum is not met', async () => {
    const other = await aCoop(app);
    const drop = await anOpenDrop(app, other, { drop: { minimumUnits: 7 } });
    await pay(drop, 3, 2);
    await closeAll();
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'REFUNDED' });
    await settle(drop);
    expect(await orderStates(app, drop)).toEqual({ refunded: 3 });
    expect(await seenDrop(app, drop)).toMatchObject({ unitsOrdered: 0 });
    const refunds = await app.database.query<{ id: string; sum: string; reason: string }>(
      `select r.id, r.amount_minor::text as sum, r.reason from refund r join sale_order o on o.id = r.order_id
        where o.drop_id = $1`,
      [drop.dropId],
    );
    expect(refunds.map(({ sum, reason }) => [sum, reason])).toEqual(
      Array.from({ length: 3 }, () => ['9000', 'minimum_not_met']),
    );
    const send = app.nest.get(SendRefund, { strict: false });
    for (const { id } of refunds)
      await Promise.all([send.run({ coopId: other.coopId, id }), send.run({ coopId: other.coopId, id })]);
    const [sent] = await app.database.query(
      `select sum(refunded_minor)::text as sum, count(*)::int as charges from sandbox_charge where idempotency_key like $1`,
      [`payment:${other.coopId}:%`],
    );
    expect(sent).toEqual({ sum: '27000', charges: 3 });
    expect((await postedKinds(app, other.coopId)).sort()).toEqual([
      ...Array<string>(3).fill('deposit_received'),
      ...Array<string>(3).fill('deposit_refunded'),
    ]);
    expect(await waiting(`start_run:${drop.dropId}`)).toBe(0);
  });

  it('gives the units of a dead order to the next, also before any sweep has run', async () => {
    const drop = await anOpenDrop(app, coop, { edition: { size: 4 } });
    await anOrder(app, collector, drop, { quantity: 4 });
    expect(await askForUnits(app, collector, drop)).toMatchObject({ __typename: 'SoldOut', unitsLeft: 0 });
    await app.clock.step(15 * 60_000);
    const next = await aCollector(app, collector.email);
    expect(await askForUnits(app, next, drop, { quantity: 3 })).toMatchObject({ __typename: 'OrderPlaced' });
    expect(await orderStates(app, drop)).toEqual({ expired: 1, awaiting_payment: 1 });
  });

  it('makes nothing of a drop in which nobody bought', async () => {
    const drop = await anOpenDrop(app, coop);
    await closeAll();
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'REFUNDED' });
    expect(await waiting(`settle_drop:${drop.dropId}`)).toBe(0);
  });

  it('ends the orders that are not paid, whatever time they had left', async () => {
    const drop = await anOpenDrop(app, coop);
    await pay(drop, 1);
    await app.clock.step(7 * DAY_MS - 60_000);
    const late = await aCollector(app, collector.email);
    await anOrder(app, late, drop, { paymentMethod: 'sandbox-delay-10' });
    await app.clock.step(60_000);
    await app.nest.get(CloseDrop, { strict: false }).run();
    expect(await orderStates(app, drop)).toEqual({ paid: 1, expired: 1 });
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'LOCKED', unitsOrdered: 1 });
    await settle(drop);
  });

  it('ends the unpaid orders of a sold-out drop a thousand at a time, and then closes it', async () => {
    const drop = await anOpenDrop(app, coop, { edition: { size: 2502 } });
    await pay(drop, 1, 2);
    await app.clock.step(7 * DAY_MS - 60_000);
    await app.database.query(
      `insert into sale_order (coop_id, drop_id, edition_id, buyer_id, quantity, unit_price_minor, amount_minor, currency,
         state, placed_at, pay_by)
       select o.coop_id, o.drop_id, o.edition_id, o.buyer_id, 1, o.unit_price_minor, o.unit_price_minor, o.currency,
              'awaiting_payment', d.closes_at - interval '1 minute', d.closes_at
         from sale_order o join edition_drop d on d.id = o.drop_id, generate_series(1, 2500) where o.drop_id = $1`,
      [drop.dropId],
    );
    await app.database.query('update edition_drop set units_held = 2500 where id = $1', [drop.dropId]);
    await app.clock.step(60_000);
    const close = app.nest.get(CloseDrop, { strict: false });
    await Promise.all([close.run(), close.run()]);
    expect(await orderStates(app, drop)).toEqual({ paid: 1, expired: 2500 });
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'LOCKED', unitsOrdered: 2 });
    await settle(drop);
  });

  it('settles a large drop in batches, each order once, though two workers do it at once and again', async () => {
    const other = await aCoop(app);
    const drop = await anOpenDrop(app, other, { edition: { size: 300 } });
    await pay(drop, 230);
    await closeAll();
    await Promise.all([settle(drop), settle(drop)]);
    await settle(drop);
    expect(await orderStates(app, drop)).toEqual({ kept: 230 });
    expect((await postedKinds(app, other.coopId)).filter((kind) => kind === 'sale_made')).toHaveLength(230);
    expect(await waiting(`start_run:${drop.dropId}`)).toBe(1);
  });

  it('goes on where it was killed: what is undone is enqueued again', async () => {
    const drop = await anOpenDrop(app, coop);
    await pay(drop, 2);
    await closeAll();
    await app.database.query(
      `select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where key = $1))`,
      [`settle_drop:${drop.dropId}`],
    );
    expect(await waiting(`settle_drop:${drop.dropId}`)).toBe(0);
    await app.nest.get(SettleDrop, { strict: false }).settleForgotten();
    expect(await waiting(`settle_drop:${drop.dropId}`)).toBe(1);
    await settle(drop);
    expect(await app.nest.get(SettleDrop, { strict: false }).settleForgotten()).toBe(0);
  });

  describe('at once', () => {
    it('keeps what was paid and refuses or refunds the rest when orders and payments race the close', async () => {
      const drop = await anOpenDrop(app, coop, { edition: { size: 40 } });
      await pay(drop, 5);
      await app.clock.step(7 * DAY_MS - 2000);
      const late = await aCollector(app, collector.email);
      const asked = await Promise.all(Array.from({ length: 10 }, () => askForUnits(app, late, drop)));
      const payments = await app.database.query<{ id: string }>(
        `select p.id from payment p join sale_order o on o.id = p.order_id where o.drop_id = $1 and p.state = 'requested'`,
        [drop.dropId],
      );
      await app.clock.step(2000);
      const close = app.nest.get(CloseDrop, { strict: false });
      const capture = app.nest.get(CapturePayment, { strict: false });
      await Promise.all([
        close.run(),
        ...payments.map(({ id }) => capture.run({ coopId: drop.coopId, id })),
        close.run(),
      ]);
      await settle(drop);
      const placed = asked.filter((answer) => answer.__typename === 'OrderPlaced').length;
      expect(placed).toBe(payments.length);
      expect(await orderStates(app, drop)).toEqual({ kept: 5, ...(placed > 0 ? { expired: placed } : {}) });
      expect(await seenDrop(app, drop)).toMatchObject({ state: 'LOCKED', unitsOrdered: 5 });
    });
  });
});

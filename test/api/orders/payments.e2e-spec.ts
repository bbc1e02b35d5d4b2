import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CallbackSignature } from '../../../apps/api/src/orders/sandbox/callback-signature.js';
import { CapturePayment } from '../../../apps/api/src/orders/take-payment/capture-payment.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestPerson, aCollector, aCoop } from '../../support/builders/membership.js';
import {
  DAY_MS,
  anOpenDrop,
  anOrder,
  brokenInvariants,
  orderStates,
  postedKinds,
  seenDrop,
  type TestDrop,
} from '../../support/builders/orders.js';
import { until } from '../../support/until.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

interface Charged {
  readonly id: string;
  readonly state: string;
  readonly reference: string;
}

describe('a payment', () => {
  let app: TestApp;
  let coop: TestCoop;
  let drop: TestDrop;
  let collector: TestPerson;
  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  beforeEach(async () => {
    coop = await aCoop(app);
    drop = await anOpenDrop(app, coop, { edition: { size: 10 } });
    collector = await aCollector(app);
  });
  afterEach(async () => {
    expect(await brokenInvariants(app)).toEqual({});
    await app.clock.release();
  });
  afterAll(async () => {
    await app.stop();
  });

  const chargeOf = async (orderId: string): Promise<Charged | undefined> => {
    const [payment] = await app.database.query<{ id: string; state: string; reference: string }>(
      'select id, state, provider_reference as reference from payment where order_id = $1',
      [orderId],
    );
    return payment;
  };
  const refundOf = async (orderId: string) => {
    const [refund] = await app.database.query<{ reason: string; state: string; amount: string }>(
      'select reason, state, amount_minor::text as amount from refund where order_id = $1',
      [orderId],
    );
    return refund;
  };
  const becomes = (state: string) =>
    until(`the only order to be ${state}`, async () => (await orderStates(app, drop))[state] === 1);
  const pending = (orderId: string) =>
    until('the charge to be pending', async () => (await chargeOf(orderId))?.state === 'pending');
  const refunded = (orderId: string) =>
    until('the refund to be sent', async () => {
      const refund = await refundOf(orderId);
      return refund?.state === 'settled' && refund;
    });
  const callBack = async (body: string, signature: string) =>
    (
      await fetch(`${app.url}/payments/sandbox/callback`, {
        method: 'POST',
        headers: {
          'content-type': 'application/vnd.touchmark.sandbox+json',
          'x-sandbox-signature': signature,
        },
        body,
      })
    ).status;
  const signed = (body: string) => app.nest.get(CallbackSignature, { strict: false }).sign(body);

  it('gives the units back when it is declined, and posts nothing', async () => {
    await anOrder(app, collector, drop, { quantity: 4, paymentMethod: 'sandbox-decline' });
    await becomes('declined');
    expect(await seenDrop(app, drop)).toMatchObject({ unitsLeft: 10, unitsOrdered: 0 });
    expect(await postedKinds(app, coop.coopId)).toEqual([]);
  });

  it('is captured by the callback of the provider when it is delayed', async () => {
    const orderId = await anOrder(app, collector, drop, { paymentMethod: 'sandbox-delay-60' });
    await pending(orderId);
    expect(await orderStates(app, drop)).toEqual({ awaiting_payment: 1 });
    await app.clock.step(61 * SECOND_MS);
    await becomes('paid');
    expect(await postedKinds(app, coop.coopId)).toEqual(['deposit_received']);
  });

  it('changes nothing when its callback is played again', async () => {
    const orderId = await anOrder(app, collector, drop);
    await becomes('paid');
    const { id, reference } = (await chargeOf(orderId)) ?? { id: '', reference: '' };
    const idempotencyKey = `payment:${coop.coopId}:${id}`;
    const captured = { idempotencyKey, result: 'captured', reference, amountMinor: '4500', currency: 'EUR' };
    for (const result of ['captured', 'declined', 'captured']) {
      const body = JSON.stringify({ ...captured, result });
      expect(await callBack(body, signed(body))).toBe(204);
    }
    expect(await orderStates(app, drop)).toEqual({ paid: 1 });
    expect(await postedKinds(app, coop.coopId)).toEqual(['deposit_received']);
  });

  it('believes no callback without its signature, of another sum, of no payment, or that cannot be read', async () => {
    const orderId = await anOrder(app, collector, drop, { paymentMethod: 'sandbox-delay-600' });
    await pending(orderId);
    const { id, reference } = (await chargeOf(orderId)) ?? { id: '', reference: '' };
    const idempotencyKey = `payment:${coop.coopId}:${id}`;
    const captured = { idempotencyKey, result: 'captured', reference, amountMinor: '4500', currency: 'EUR' };
    const body = JSON.stringify(captured);
    const flipped = signed(body).replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(await callBack(body, flipped)).toBe(401);
    expect(await callBack(body, '')).toBe(401);
    expect(await callBack(body.replace('4500', '4501'), signed(body))).toBe(401);
    const cheaper = JSON.stringify({ ...captured, amountMinor: '1' });
    expect(await callBack(cheaper, signed(cheaper))).toBe(400);
    const nobody = JSON.stringify({ ...captured, idempotencyKey: `payment:${coop.coopId}:${coop.coopId}` });
    expect(await callBack(nobody, signed(nobody))).toBe(404);
    expect(await callBack('nothing', signed('nothing'))).toBe(400);
    expect(await orderStates(app, drop)).toEqual({ awaiting_payment: 1 });
  });

  it('leaves an order unpaid that has 15 minutes, and its units go to the next', async () => {
    await anOrder(app, collector, drop, { quantity: 10, paymentMethod: 'sandbox-delay-9999' });
    expect(await seenDrop(app, drop)).toMatchObject({ unitsLeft: 0 });
    await app.clock.step(15 * MINUTE_MS);
    await becomes('expired');
    expect(await seenDrop(app, drop)).toMatchObject({ unitsLeft: 10, unitsOrdered: 0 });
  });

  it('is sent back when it comes after the order has expired', async () => {
    const orderId = await anOrder(app, collector, drop, { quantity: 2, paymentMethod: 'sandbox-delay-1200' });
    await pending(orderId);
    await app.clock.step(16 * MINUTE_MS);
    await becomes('expired');
    await app.clock.step(5 * MINUTE_MS);
    expect(await refunded(orderId)).toEqual({ reason: 'late_capture', state: 'settled', amount: '9000' });
    expect(await orderStates(app, drop)).toEqual({ expired: 1 });
    expect(await postedKinds(app, coop.coopId)).toEqual(['deposit_received', 'deposit_refunded']);
    expect(await seenDrop(app, drop)).toMatchObject({ unitsLeft: 10 });
    const [charge] = await app.database.query(
      'select refunded_minor::text as sum from sandbox_charge where reference = $1',
      [(await chargeOf(orderId))?.reference],
    );
    expect(charge).toEqual({ sum: '9000' });
  });

  it('is sent back when it comes after the drop has closed', async () => {
    await app.clock.step(7 * DAY_MS - 5 * MINUTE_MS);
    const late = await aCollector(app, collector.email);
    const orderId = await anOrder(app, late, drop, { paymentMethod: 'sandbox-delay-600' });
    await pending(orderId);
    await app.clock.step(6 * MINUTE_MS);
    await until('the drop to close', async () => (await seenDrop(app, drop)).state === 'REFUNDED');
    expect(await orderStates(app, drop)).toEqual({ expired: 1 });
    await app.clock.step(5 * MINUTE_MS);
    expect(await refunded(orderId)).toMatchObject({ reason: 'late_capture', amount: '4500' });
    expect(await postedKinds(app, coop.coopId)).toEqual(['deposit_received', 'deposit_refunded']);
  });

  it('is one charge, whatever letters its order was placed with and however often it is asked for', async () => {
    const inCapitals = { coopId: coop.coopId.toUpperCase(), dropId: drop.dropId.toUpperCase() };
    const orderId = await anOrder(app, collector, inCapitals, { paymentMethod: 'sandbox-delay-60' });
    await pending(orderId);
    const id = (await chargeOf(orderId))?.id ?? '';
    // As the sweep asks for a payment that lost its job, and as a job might that was written otherwise.
    for (const coopId of [coop.coopId, inCapitals.coopId])
      await app.nest.get(CapturePayment, { strict: false }).run({ coopId, id });
    const charges = await app.database.query<{ key: string }>(
      'select idempotency_key as key from sandbox_charge where idempotency_key ilike $1',
      [`%:${id}`],
    );
    expect(charges).toEqual([{ key: `payment:${coop.coopId}:${id}` }]);
  });

  it('is asked for again when its job is lost', async () => {
    await app.database.query(`create function lose_captures() returns trigger language plpgsql as
      $$ begin if new.task_id = (select id from graphile_worker._private_tasks where identifier = 'capture_payment')
         and not exists (select 1 from lost) then insert into lost default values; return null; end if; return new; end $$`);
    await app.database.query('create table lost (at timestamptz default now())');
    await app.database.query(`create trigger lose_captures before insert on graphile_worker._private_jobs
      for each row execute function lose_captures()`);
    await anOrder(app, collector, drop);
    await becomes('paid');
    expect(await app.database.query('select 1 as lost from lost')).toHaveLength(1);
  });
});

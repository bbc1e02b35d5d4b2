import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CloseDrop } from '../../../apps/api/src/orders/close-drop/close-drop.js';
import { ExpireOrders } from '../../../apps/api/src/orders/expire-orders/expire-orders.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCollector, aCoop } from '../../support/builders/membership.js';
import {
  DAY_MS,
  anOpenDrop,
  anOrder,
  brokenInvariants,
  orderStates,
  seenDrop,
} from '../../support/builders/orders.js';
import { START } from '../../support/builders/production.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await app.clock.freeze(START);
});
afterAll(async () => {
  await app.stop();
});

it('the orders and the drops behind one that the database will not let it write are ended, and that one is told of', async () => {
  const [coop, collector] = [await aCoop(app), await aCollector(app)];
  const bad = await anOpenDrop(app, coop);
  await app.clock.step(1000);
  const good = await anOpenDrop(app, coop);
  for (const drop of [bad, good]) await anOrder(app, collector, drop);
  await app.database.query(`CREATE FUNCTION refuse_drop() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this drop cannot be written'; END $$`);
  await app.database.query(`CREATE TRIGGER refuse_drop BEFORE UPDATE ON edition_drop FOR EACH ROW
    WHEN (OLD.id = '${bad.dropId}') EXECUTE FUNCTION refuse_drop()`);
  await app.clock.step(15 * 60_000);
  const [expire, close] = [
    app.nest.get(ExpireOrders, { strict: false }),
    app.nest.get(CloseDrop, { strict: false }),
  ];
  await expect(expire.run()).rejects.toThrow('this drop cannot be written');
  expect([await orderStates(app, bad), await orderStates(app, good)]).toEqual([
    { awaiting_payment: 1 },
    { expired: 1 },
  ]);
  await app.clock.step(7 * DAY_MS);
  await expect(close.run()).rejects.toThrow('this drop cannot be written');
  expect((await seenDrop(app, good)).state).toBe('REFUNDED');
  await app.database.query('DROP FUNCTION refuse_drop CASCADE');
  await close.run();
  expect([await orderStates(app, bad), (await seenDrop(app, bad)).state]).toEqual([
    { expired: 1 },
    'REFUNDED',
  ]);
  expect(await brokenInvariants(app)).toEqual({});
});

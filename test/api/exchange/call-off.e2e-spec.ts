import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aProvider,
  anOffer,
  anOrder,
  brokenTrade,
  once,
  seenOrder,
  type TestOffer,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { aCoop, type TestBrand } from '../../support/builders/membership.js';
import { orderSteps, type OrderSteps } from './order-steps.js';

const NOW = '2026-11-18T08:00:00.000Z';
const HOUR = 3_600_000;

let app: TestApp;
let provider: TestProvider;
let offer: TestOffer;
let buyer: TestBrand;
let steps: OrderSteps;

beforeAll(async () => {
  app = await startTestApp();
  steps = orderSteps(app, () => provider);
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  provider = await aProvider(app);
  offer = await anOffer(app, provider);
  buyer = await aBuyer(app);
});

describe('an order that is called off', () => {
  // Only on Mondays, so that there is a notice to give.
  const mondays = { windows: [{ weekday: 1, fromMinute: 480, toMinute: 1200 }] };
  const monday = Date.parse('2026-11-23T07:00:00Z');

  it.each<[number, string]>([
    [48, '2650'],
    [47, '1325'],
    [12, '1325'],
    [11, '0'],
  ])(
    'by its buyer %d hours before the work gives back %s by the terms, and frees the stations',
    async (hours, back) => {
      const order = await anOrder(app, buyer, await anOffer(app, provider, mondays));
      await app.clock.freeze(new Date(monday - hours * HOUR));
      const request = once();
      for (let time = 0; time < 2; time += 1)
        expect(await steps.cancel(order, buyer, null, request)).toMatchObject({
          __typename: 'ServiceOrderCancelled',
          order: { state: 'CANCELLED', refundedMinor: back },
        });
      const seen = await seenOrder(app, buyer, order);
      expect(seen?.bookings.map(({ state }) => state)).toEqual(['CANCELLED', 'CANCELLED']);
      const refunds = (await steps.postings(order)).filter(({ kind }) => kind === 'service_sale_refunded');
      expect(refunds.map(({ account, amount_minor: amount }) => [account, amount])).toEqual(
        back === '0'
          ? []
          : [
              ['service_revenue', back],
              ['trade_receivable', `-${back}`],
            ],
      );
      expect((await steps.cancel(order, buyer)).__typename).toBe('TransitionRefused');
      expect(await brokenTrade(app)).toEqual({});
    },
  );

  it('by its provider gives back everything on both books, also when the work has begun', async () => {
    const home = await aCoop(app);
    const order = await anOrder(app, home.admin, offer, { coopId: home.coopId });
    await steps.advance(order, 'IN_PRODUCTION');
    expect(await steps.cancel(order, home.admin, home.coopId)).toMatchObject({
      __typename: 'TransitionRefused',
    });
    expect(await steps.cancel(order, provider.admin, provider.coopId)).toMatchObject({
      order: { state: 'REFUNDED', refundedMinor: '2650' },
    });
    const back = (await steps.postings(order)).filter(({ kind }) => kind.endsWith('refunded'));
    expect(back.map(({ coop_id: coopId, amount_minor: amount }) => [coopId, amount])).toEqual([
      [home.coopId, '-2650'],
      [home.coopId, '2650'],
      [provider.coopId, '2650'],
      [provider.coopId, '-2650'],
    ]);
    expect(await brokenTrade(app)).toEqual({});
  });

  it('belongs to its two sides: nobody else calls it off', async () => {
    const order = await anOrder(app, buyer, offer);
    expect((await steps.cancel(order, await aBuyer(app))).__typename).toBe('NotFound');
    expect((await seenOrder(app, buyer, order))?.state).toBe('ACCEPTED');
  });
});

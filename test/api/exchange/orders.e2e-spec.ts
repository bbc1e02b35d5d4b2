import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aProvider,
  anOffer,
  anOrder,
  brokenTrade,
  exchange,
  once,
  seenOrder,
  type TestOffer,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { aBrand, aCoop, aMember, type TestBrand } from '../../support/builders/membership.js';
import { orderSteps, type OrderSteps } from './order-steps.js';

const NOW = '2026-11-18T08:00:00.000Z';

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

describe('a service order', () => {
  it('goes its whole way by API key on both sides, with mirrored books at every step', async () => {
    // The seller's brand acts for the seller, the buyer's brand for a co-op of one with books of its own.
    const sellerKey = await aBrand(app, provider.admin, ['exchange:read', 'exchange:write']);
    const home = await aCoop(app, { name: 'Brand Works' });
    const buyerKey = await aBrand(app, home.admin, ['exchange:read', 'exchange:write']);
    await exchange(app, provider.admin, 'setProviderBrand', {
      coopId: provider.coopId,
      brandId: sellerKey.brandId,
    });
    await exchange(app, home.admin, 'setProviderBrand', { coopId: home.coopId, brandId: buyerKey.brandId });
    const order = await anOrder(app, buyerKey, offer);
    expect(await steps.postings(order)).toEqual([
      {
        coop_id: home.coopId,
        kind: 'service_bought',
        account: 'service_cost',
        party_id: null,
        amount_minor: '2650',
      },
      {
        coop_id: home.coopId,
        kind: 'service_bought',
        account: 'trade_payable',
        party_id: provider.coopId,
        amount_minor: '-2650',
      },
      {
        coop_id: provider.coopId,
        kind: 'service_sold',
        account: 'service_revenue',
        party_id: null,
        amount_minor: '-2650',
      },
      {
        coop_id: provider.coopId,
        kind: 'service_sold',
        account: 'trade_receivable',
        party_id: home.coopId,
        amount_minor: '2650',
      },
    ]);
    await app.clock.step(90 * 60_000);
    expect((await steps.advance(order, 'IN_PRODUCTION', sellerKey)).order?.state).toBe('IN_PRODUCTION');
    expect((await steps.advance(order, 'QUALITY', sellerKey)).order?.state).toBe('QUALITY');
    expect(await steps.advance(order, 'READY', sellerKey)).toMatchObject({
      __typename: 'TransitionRefused',
      next: 'READY',
    });
    expect((await steps.inspect(order, 28, 2, sellerKey)).__typename).toBe('ServiceQualityRecorded');
    await app.clock.step(31 * 60_000);
    expect((await steps.advance(order, 'READY', sellerKey)).order?.state).toBe('READY');
    expect((await steps.advance(order, 'HANDED_OVER', sellerKey)).order?.state).toBe('HANDED_OVER');
    const { serviceOrders } = await app.gql<{ serviceOrders: { edges: { node: object }[] } }>(
      `query { serviceOrders(side: BOUGHT, first: 5) { edges { node { id state passed failed provider { name } buyerName
         offer { title measured { orders leadP50Minutes leadP90Minutes inspectedUnits passedUnits qualityPerMille } }
         history { number state } quote { input } } } } }`,
      {},
      buyerKey,
    );
    expect(serviceOrders.edges.map(({ node }) => node)).toEqual([
      {
        ...{ id: order.id, state: 'HANDED_OVER', passed: 28, failed: 2, provider: { name: 'Test Co-op' } },
        buyerName: expect.stringContaining('Brand'),
        offer: {
          title: 'Screen printing',
          measured: {
            ...{ orders: 1, leadP50Minutes: 121, leadP90Minutes: 121 },
            ...{ inspectedUnits: 30, passedUnits: 28, qualityPerMille: 933 },
          },
        },
        history: ['ACCEPTED', 'IN_PRODUCTION', 'QUALITY', 'READY', 'HANDED_OVER'].map((state, index) => ({
          ...{ number: index + 1, state },
        })),
        quote: { input: '{"colour":"red"}' },
      },
    ]);
    expect(await brokenTrade(app)).toEqual({});
  });

  it("stands on its seller's books alone when its buyer is a brand without books", async () => {
    const order = await anOrder(app, buyer, offer);
    expect(await steps.postings(order)).toEqual([
      {
        coop_id: provider.coopId,
        kind: 'service_sold',
        account: 'service_revenue',
        party_id: null,
        amount_minor: '-2650',
      },
      {
        coop_id: provider.coopId,
        kind: 'service_sold',
        account: 'trade_receivable',
        party_id: buyer.brandId,
        amount_minor: '2650',
      },
    ]);
  });

  it('takes no step that is not the next one, from nobody but its provider', async () => {
    const order = await anOrder(app, buyer, offer);
    expect(await steps.advance(order, 'QUALITY')).toMatchObject({
      __typename: 'TransitionRefused',
      state: 'ACCEPTED',
    });
    expect((await steps.advance(order, 'IN_PRODUCTION', buyer)).__typename).toBe('NotFound');
    const stranger = await aProvider(app);
    const foreign = { coopId: stranger.coopId, orderId: order.id, to: 'IN_PRODUCTION' };
    expect((await exchange(app, stranger.admin, 'advanceServiceOrder', foreign)).__typename).toBe('NotFound');
    const operator = await aMember(app, provider, ['operator']);
    expect((await steps.advance(order, 'IN_PRODUCTION', operator)).__typename).toBe('ServiceOrderAdvanced');
    expect((await steps.advance(order, 'IN_PRODUCTION')).__typename).toBe('ServiceOrderAdvanced');
    expect(await steps.inspect(order, 30, 0)).toMatchObject({
      __typename: 'TransitionRefused',
      state: 'IN_PRODUCTION',
    });
    expect((await seenOrder(app, buyer, order))?.state).toBe('IN_PRODUCTION');
  });

  it('is placed and told of, whatever characters the title of its offer has', async () => {
    const odd = await anOffer(app, provider, { title: 'Screen\tprinting\nof shirts' });
    expect((await anOrder(app, buyer, odd)).state).toBe('ACCEPTED');
  });

  it('frees what was booked beyond its end when it is ready early', async () => {
    const order = await anOrder(app, buyer, offer);
    for (const to of ['IN_PRODUCTION', 'QUALITY']) await steps.advance(order, to);
    await steps.inspect(order, 30, 0);
    expect((await steps.advance(order, 'READY')).order?.bookings.map(({ state }) => state)).toEqual([
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(await brokenTrade(app)).toEqual({});
  });

  it('is no longer for its buyer to cancel once its work was checked in on a station', async () => {
    const order = await anOrder(app, buyer, offer);
    const operator = await aMember(app, provider, ['operator']);
    const { checkIn } = await app.gql<{ checkIn: { __typename: string } }>(
      'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename } }',
      { input: { coopId: order.coopId, bookingId: order.bookings[0]?.id, ...once() } },
      operator,
    );
    expect(checkIn.__typename).toBe('CheckedIn');
    expect((await steps.cancel(order, buyer)).__typename).toBe('TransitionRefused');
    const reclaim = { coopId: order.coopId, bookingId: order.bookings[0]?.id, ...once() };
    expect((await exchange(app, operator, 'reclaimWindow', reclaim)).__typename).toBe('CapacityFirm');
    expect(await steps.cancel(order, provider.admin, provider.coopId)).toMatchObject({
      order: { state: 'REFUNDED', bookings: [{ state: 'CONFIRMED' }, { state: 'CANCELLED' }] },
    });
    expect(await brokenTrade(app)).toEqual({});
  });

  it('is inspected once, every unit counted', async () => {
    const order = await anOrder(app, buyer, offer);
    for (const to of ['IN_PRODUCTION', 'QUALITY']) await steps.advance(order, to);
    expect(await steps.inspect(order, 29, 0)).toMatchObject({ __typename: 'InputRefused', field: 'failed' });
    const request = once();
    expect((await steps.inspect(order, 30, 0, provider.admin, request)).__typename).toBe(
      'ServiceQualityRecorded',
    );
    expect((await steps.inspect(order, 30, 0, provider.admin, request)).__typename).toBe(
      'ServiceQualityRecorded',
    );
    expect((await steps.inspect(order, 29, 1)).__typename).toBe('TransitionRefused');
  });
});

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
  type TestOrder,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { aBrand, aCoop, aMember, signedIn, type TestBrand } from '../../support/builders/membership.js';
import type { Caller } from '../../support/graphql-client.js';

const NOW = '2026-11-18T08:00:00.000Z';
const HOUR = 3_600_000;

let app: TestApp;
let provider: TestProvider;
let offer: TestOffer;
let buyer: TestBrand;

beforeAll(async () => {
  app = await startTestApp();
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

const advance = (order: TestOrder, to: string, who: Caller = provider.admin) =>
  exchange(app, who, 'advanceServiceOrder', { coopId: order.coopId, orderId: order.id, to });
const inspect = (
  order: TestOrder,
  passed: number,
  failed: number,
  who: Caller = provider.admin,
  request = once(),
) =>
  exchange(app, who, 'recordServiceQuality', {
    coopId: order.coopId,
    orderId: order.id,
    passed,
    failed,
    ...request,
  });
const cancel = (order: TestOrder, who: Caller, coopId: string | null = null, request = once()) =>
  exchange(app, who, 'cancelServiceOrder', {
    coopId,
    providerId: order.coopId,
    orderId: order.id,
    ...request,
  });

interface Posting {
  readonly [column: string]: unknown;
  readonly coop_id: string;
  readonly kind: string;
  readonly account: string;
  readonly party_id: string | null;
  readonly amount_minor: string;
}

const postings = (order: TestOrder): Promise<Posting[]> =>
  app.database.query<Posting>(
    `select t.coop_id, t.kind, e.account, e.party_id, e.amount_minor
       from ledger_transaction t join ledger_entry e on e.coop_id = t.coop_id and e.transaction_id = t.id
      where t.reference = $1 order by t.posted_at, t.kind, e.account`,
    [order.id],
  );

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
    expect(await postings(order)).toEqual([
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
    expect((await advance(order, 'IN_PRODUCTION', sellerKey)).order?.state).toBe('IN_PRODUCTION');
    expect((await advance(order, 'QUALITY', sellerKey)).order?.state).toBe('QUALITY');
    expect(await advance(order, 'READY', sellerKey)).toMatchObject({
      __typename: 'TransitionRefused',
      next: 'READY',
    });
    expect((await inspect(order, 28, 2, sellerKey)).__typename).toBe('ServiceQualityRecorded');
    await app.clock.step(31 * 60_000);
    expect((await advance(order, 'READY', sellerKey)).order?.state).toBe('READY');
    expect((await advance(order, 'HANDED_OVER', sellerKey)).order?.state).toBe('HANDED_OVER');
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
    expect(await postings(order)).toEqual([
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
    expect(await advance(order, 'QUALITY')).toMatchObject({
      __typename: 'TransitionRefused',
      state: 'ACCEPTED',
    });
    expect((await advance(order, 'IN_PRODUCTION', buyer)).__typename).toBe('NotFound');
    const stranger = await aProvider(app);
    const foreign = { coopId: stranger.coopId, orderId: order.id, to: 'IN_PRODUCTION' };
    expect((await exchange(app, stranger.admin, 'advanceServiceOrder', foreign)).__typename).toBe('NotFound');
    const operator = await aMember(app, provider, ['operator']);
    expect((await advance(order, 'IN_PRODUCTION', operator)).__typename).toBe('ServiceOrderAdvanced');
    expect((await advance(order, 'IN_PRODUCTION')).__typename).toBe('ServiceOrderAdvanced');
    expect(await inspect(order, 30, 0)).toMatchObject({
      __typename: 'TransitionRefused',
      state: 'IN_PRODUCTION',
    });
    expect((await seenOrder(app, buyer, order))?.state).toBe('IN_PRODUCTION');
  });

  it('frees what was booked beyond its end when it is ready early', async () => {
    const order = await anOrder(app, buyer, offer);
    for (const to of ['IN_PRODUCTION', 'QUALITY']) await advance(order, to);
    await inspect(order, 30, 0);
    expect((await advance(order, 'READY')).order?.bookings.map(({ state }) => state)).toEqual([
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
    expect((await cancel(order, buyer)).__typename).toBe('TransitionRefused');
    const reclaim = { coopId: order.coopId, bookingId: order.bookings[0]?.id, ...once() };
    expect((await exchange(app, operator, 'reclaimWindow', reclaim)).__typename).toBe('CapacityFirm');
    expect(await cancel(order, provider.admin, provider.coopId)).toMatchObject({
      order: { state: 'REFUNDED', bookings: [{ state: 'CONFIRMED' }, { state: 'CANCELLED' }] },
    });
    expect(await brokenTrade(app)).toEqual({});
  });

  it('is inspected once, every unit counted', async () => {
    const order = await anOrder(app, buyer, offer);
    for (const to of ['IN_PRODUCTION', 'QUALITY']) await advance(order, to);
    expect(await inspect(order, 29, 0)).toMatchObject({ __typename: 'InputRefused', field: 'failed' });
    const request = once();
    expect((await inspect(order, 30, 0, provider.admin, request)).__typename).toBe('ServiceQualityRecorded');
    expect((await inspect(order, 30, 0, provider.admin, request)).__typename).toBe('ServiceQualityRecorded');
    expect((await inspect(order, 29, 1)).__typename).toBe('TransitionRefused');
  });
});

describe('messages about an order', () => {
  const send = (order: TestOrder, who: Caller, change: object = {}) =>
    exchange(app, who, 'sendServiceMessage', {
      ...{ providerId: order.coopId, orderId: order.id, text: 'The artwork', ...once() },
      ...change,
    });
  const read = async (order: TestOrder, who: Caller, first = 10, after: string | null = null) => {
    const { serviceOrder } = await app.gql<{
      serviceOrder: {
        messages: {
          edges: { node: { side: string; text: string } }[];
          pageInfo: { endCursor: string | null };
        };
      } | null;
    }>(
      `query ($providerId: ID!, $id: ID!, $first: Int!, $after: String) { serviceOrder(providerId: $providerId, id: $id) {
         messages(first: $first, after: $after) { edges { node { side text links } } pageInfo { endCursor } } } }`,
      { providerId: order.coopId, id: order.id, first, after },
      who,
    );
    return serviceOrder?.messages ?? null;
  };

  it('go both ways with files as links, page by page, and tell the other side', async () => {
    const order = await anOrder(app, buyer, offer);
    const request = once();
    for (let time = 0; time < 2; time += 1)
      expect(
        (await send(order, buyer, { links: ['https://files.example/a.pdf'], ...request })).__typename,
      ).toBe('ServiceMessageSent');
    await app.clock.step(1000);
    const token = await signedIn(app, provider.admin.email);
    expect((await send(order, { token }, { coopId: provider.coopId, text: 'Got it' })).__typename).toBe(
      'ServiceMessageSent',
    );
    const first = await read(order, buyer, 1);
    const second = await read(order, buyer, 1, first?.pageInfo.endCursor ?? null);
    expect([first, second].flatMap((page) => page?.edges.map(({ node }) => node))).toEqual([
      { side: 'provider', text: 'Got it', links: [] },
      { side: 'buyer', text: 'The artwork', links: ['https://files.example/a.pdf'] },
    ]);
    const told = await app.database.query(
      `select account_id, kind from notice where coop_id = $1 and kind = 'service_message' order by created_at`,
      [provider.coopId],
    );
    expect(told).toEqual([
      { account_id: provider.admin.accountId, kind: 'service_message' },
      { account_id: buyer.brandId, kind: 'service_message' },
    ]);
  });

  it.each<[string, object]>([
    ['http', { links: ['http://files.example/a.pdf'] }],
    ['a script', { links: ['javascript:alert(1)'] }],
    ['a password in it', { links: ['https://me:secret@files.example/a'] }],
    ['no address', { links: ['a.pdf'] }],
    ['eleven at once', { links: Array.from({ length: 11 }, () => 'https://files.example/a') }],
  ])('take no link with %s', async (_, change) => {
    const order = await anOrder(app, buyer, offer);
    expect(await send(order, buyer, change)).toMatchObject({ __typename: 'InputRefused', field: 'links' });
  });

  it('are neither written nor read by anybody else', async () => {
    const order = await anOrder(app, buyer, offer);
    const other = await aBuyer(app);
    expect((await send(order, other)).__typename).toBe('NotFound');
    expect(await read(order, other)).toBeNull();
    expect(await send(order, buyer, { text: ' ' })).toMatchObject({
      __typename: 'InputRefused',
      field: 'text',
    });
  });
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
        expect(await cancel(order, buyer, null, request)).toMatchObject({
          __typename: 'ServiceOrderCancelled',
          order: { state: 'CANCELLED', refundedMinor: back },
        });
      const seen = await seenOrder(app, buyer, order);
      expect(seen?.bookings.map(({ state }) => state)).toEqual(['CANCELLED', 'CANCELLED']);
      const refunds = (await postings(order)).filter(({ kind }) => kind === 'service_sale_refunded');
      expect(refunds.map(({ account, amount_minor: amount }) => [account, amount])).toEqual(
        back === '0'
          ? []
          : [
              ['service_revenue', back],
              ['trade_receivable', `-${back}`],
            ],
      );
      expect((await cancel(order, buyer)).__typename).toBe('TransitionRefused');
      expect(await brokenTrade(app)).toEqual({});
    },
  );

  it('by its provider gives back everything on both books, also when the work has begun', async () => {
    const home = await aCoop(app);
    const order = await anOrder(app, home.admin, offer, { coopId: home.coopId });
    await advance(order, 'IN_PRODUCTION');
    expect(await cancel(order, home.admin, home.coopId)).toMatchObject({ __typename: 'TransitionRefused' });
    expect(await cancel(order, provider.admin, provider.coopId)).toMatchObject({
      order: { state: 'REFUNDED', refundedMinor: '2650' },
    });
    const back = (await postings(order)).filter(({ kind }) => kind.endsWith('refunded'));
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
    expect((await cancel(order, await aBuyer(app))).__typename).toBe('NotFound');
    expect((await seenOrder(app, buyer, order))?.state).toBe('ACCEPTED');
  });
});

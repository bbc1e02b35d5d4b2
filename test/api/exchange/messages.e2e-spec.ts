import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aProvider,
  anOffer,
  anOrder,
  exchange,
  once,
  type TestOffer,
  type TestOrder,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { signedIn, type TestBrand } from '../../support/builders/membership.js';
import type { Caller } from '../../support/graphql-client.js';

const NOW = '2026-11-18T08:00:00.000Z';

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
    ['an address that a page of ours would read as its own', { links: ['https:/exchange'] }],
    ['an address without its slashes', { links: ['https:files.example/a'] }],
    ['white space in it', { links: ['https://files.example/a b'] }],
    ['a line break after it', { links: ['https://files.example/a\n'] }],
    ['marks that turn its words around', { links: ['https://files.example/\u202efdp.exe'] }],
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

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aProvider,
  aQuote,
  accept,
  anOffer,
  anOrder,
  brokenTrade,
  exchange,
  offerTerms,
  once,
  seenOrder,
} from '../../support/builders/exchange.js';
import type { Caller } from '../../support/graphql-client.js';
import { aBrand, aCoop, aMember, signedIn } from '../../support/builders/membership.js';

const BOUGHT = `query ($coopId: ID, $after: String) { serviceOrders(side: BOUGHT, coopId: $coopId, first: 1, after: $after) {
  edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

it('a brand that acts for another co-op now buys, cancels and sees nothing for the one before', async () => {
  await app.clock.freeze(new Date('2026-11-18T08:00:00.000Z'));
  const offer = await anOffer(app, await aProvider(app));
  const before = await aCoop(app);
  const owner = before.admin;
  const brand = await aBrand(app, owner, ['exchange:read', 'exchange:write']);
  const actsFor = async (coopId: string): Promise<void> => {
    const token = await signedIn(app, owner.email);
    const link = { coopId, brandId: brand.brandId };
    const answer = await exchange(app, { token }, 'setProviderBrand', link);
    expect(answer.__typename).toBe('ProviderBrandSet');
  };
  await actsFor(before.coopId);
  const order = await anOrder(app, brand, offer);
  const quote = await aQuote(app, brand, offer);

  const now = await aCoop(app);
  await app.database.query(
    `INSERT INTO membership (coop_id, account_id, roles, joined_at) VALUES ($1, $2, '{member,admin}', app_now())`,
    [now.coopId, owner.accountId],
  );
  await actsFor(now.coopId);
  expect((await accept(app, brand, quote)).__typename).toBe('NotFound');
  const cancel = { providerId: order.coopId, orderId: order.id, ...once() };
  expect((await exchange(app, brand, 'cancelServiceOrder', cancel)).__typename).toBe('NotFound');
  expect(await seenOrder(app, brand, order)).toBeNull();
  const token = await signedIn(app, owner.email);
  const ownBooks = { coopId: before.coopId };
  expect((await exchange(app, { token }, 'cancelServiceOrder', { ...cancel, ...ownBooks })).__typename).toBe(
    'ServiceOrderCancelled',
  );
  expect(await brokenTrade(app)).toEqual({});
});

it('a brand that gets a co-op still lists what it bought for itself, in one list with what it buys now', async () => {
  await app.clock.freeze(new Date('2026-11-18T08:00:00.000Z'));
  const offer = await anOffer(app, await aProvider(app));
  const coop = await aCoop(app);
  const brand = await aBrand(app, coop.admin, ['exchange:read', 'exchange:write']);
  const bought = async (): Promise<string[]> => (await pages(brand)).flat();
  const own = await anOrder(app, brand, offer);
  await app.clock.step(60_000);
  expect(await bought()).toEqual([own.id]);
  const link = { coopId: coop.coopId, brandId: brand.brandId };
  const token = await signedIn(app, coop.admin.email);
  expect((await exchange(app, { token }, 'setProviderBrand', link)).__typename).toBe('ProviderBrandSet');
  const ofCoop = await anOrder(app, brand, offer);
  expect(await pages(brand)).toEqual([[ofCoop.id], [own.id]]);
  expect(await seenOrder(app, brand, own)).toMatchObject({ id: own.id });
  expect(await pages({ token }, coop.coopId)).toEqual([[ofCoop.id]]);
});

it.each<[string, string, string, object]>([
  ['is removed from it', 'removeMember', 'RemoveMemberInput', {}],
  ['is no admin of it any more', 'setMemberRoles', 'SetMemberRolesInput', { roles: ['TREASURER'] }],
])('a brand acts for a co-op no longer than until its owner %s', async (_, mutation, type, more) => {
  await app.clock.freeze(new Date('2026-11-18T08:00:00.000Z'));
  const provider = await aProvider(app);
  const offer = await anOffer(app, provider);
  const coop = await aProvider(app);
  const owner = await aMember(app, coop, ['admin']);
  const brand = await aBrand(app, owner, ['exchange:read', 'exchange:write']);
  const link = { coopId: coop.coopId, brandId: brand.brandId };
  expect((await exchange(app, owner, 'setProviderBrand', link)).__typename).toBe('ProviderBrandSet');
  const [order, quote] = [await anOrder(app, brand, offer), await aQuote(app, brand, offer)];
  await app.gql(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
    { input: { coopId: coop.coopId, accountId: owner.accountId, ...more } },
    coop.admin,
  );
  expect((await accept(app, brand, quote)).__typename).toBe('NotFound');
  const publish = { coopId: coop.coopId, ...once(), ...offerTerms() };
  expect((await exchange(app, brand, 'publishOffer', publish)).__typename).toBe('NotFound');
  const cancel = { providerId: order.coopId, orderId: order.id, ...once() };
  expect((await exchange(app, brand, 'cancelServiceOrder', cancel)).__typename).toBe('NotFound');
  expect(await pages(brand)).toEqual([[]]);
  // Nor is it told of what it bought for the co-op, which is.
  const advance = { coopId: order.coopId, orderId: order.id, to: 'IN_PRODUCTION' };
  expect((await exchange(app, provider.admin, 'advanceServiceOrder', advance)).__typename).toBe(
    'ServiceOrderAdvanced',
  );
  const told = await app.database.query<{ id: string }>(
    `select account_id as id from notice where kind = 'service_order_advanced'`,
  );
  expect(told.map(({ id }) => id)).toContain(coop.admin.accountId);
  expect(told.map(({ id }) => id)).not.toContain(brand.brandId);
  // What it buys from then on it buys for itself.
  const own = await anOrder(app, brand, offer);
  expect(await pages(brand)).toEqual([[own.id]]);
  expect(await pages(coop.admin, coop.coopId)).toEqual([[order.id]]);
  expect(await brokenTrade(app)).toEqual({});
});

/** The ids of what somebody bought, by pages of one. */
async function pages(
  who: Caller,
  coopId: string | null = null,
  after: string | null = null,
): Promise<string[][]> {
  const { serviceOrders } = await app.gql<{
    serviceOrders: {
      edges: { node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }>(BOUGHT, { coopId, after }, who);
  const { edges, pageInfo } = serviceOrders;
  const page = edges.map(({ node }) => node.id);
  return [page, ...(pageInfo.hasNextPage ? await pages(who, coopId, pageInfo.endCursor) : [])];
}

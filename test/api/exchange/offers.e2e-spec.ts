import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aProvider,
  aQuote,
  aBuyer,
  anOffer,
  askForQuote,
  exchange,
  offerTerms,
  once,
  type TestProvider,
} from '../../support/builders/exchange.js';
import { aBrand, aMember } from '../../support/builders/membership.js';

const OFFERS = `query ($kind: String, $first: Int!, $after: String) { offers(kindOfWork: $kind, first: $first, after: $after) {
  edges { node { id title version provider { name } measured { orders leadP50Minutes leadP90Minutes qualityPerMille } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Listed {
  readonly offers: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('an offer', () => {
  let app: TestApp;
  let provider: TestProvider;
  const publish = (change: object = {}, who = provider.admin) =>
    exchange(app, who, 'publishOffer', { coopId: provider.coopId, ...once(), ...offerTerms(change) });
  const listed = (kind: string | null, first = 100, after: string | null = null) =>
    app.gql<Listed>(OFFERS, { kind, first, after });

  beforeAll(async () => {
    app = await startTestApp();
    await app.clock.freeze(new Date('2026-11-18T08:00:00.000Z'));
    provider = await aProvider(app);
  });
  afterAll(async () => {
    await app.stop();
  });

  it('is published by an admin, and anybody finds it by its kind of work, page by page', async () => {
    const kind = 'embossing';
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1)
      ids.push(
        (await anOffer(app, provider, { title: `Embossing ${String(number)}`, kindsOfWork: [kind, 'print'] }))
          .id,
      );
    const first = await listed(kind, 2);
    const second = await listed(kind, 2, first.offers.pageInfo.endCursor);
    const found = [...first.offers.edges, ...second.offers.edges].map(({ node }) => node.id);
    expect(found.toSorted()).toEqual(ids.toSorted());
    expect([first, second].map(({ offers }) => offers.pageInfo.hasNextPage)).toEqual([true, false]);
    expect(first.offers.edges[0]?.node).toMatchObject({
      provider: { name: 'Test Co-op' },
      measured: { orders: 0, leadP50Minutes: null, leadP90Minutes: null, qualityPerMille: null },
    });
    expect((await listed('weaving')).offers.edges).toEqual([]);
  });

  it('is found among those of its provider, page by page, newest first', async () => {
    const other = await aProvider(app);
    const [old, young] = [await anOffer(app, other), await anOffer(app, other, { kindsOfWork: ['rare'] })];
    const OF = `query ($of: ID!, $kind: String, $after: String) { offers(providerId: $of, kindOfWork: $kind, first: 1, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const of = async (variables: object) => (await app.gql<Listed>(OF, variables)).offers;
    const first = await of({ of: other.coopId });
    const second = await of({ of: other.coopId, after: first.pageInfo.endCursor });
    expect([first, second].map(({ edges }) => edges[0]?.node.id)).toEqual([young.id, old.id]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await of({ of: other.coopId, kind: 'rare' })).edges.map(({ node }) => node.id)).toEqual([
      young.id,
    ]);
    expect((await of({ of: 'nobody' })).edges).toEqual([]);
  });

  it('is asked for with what it has shown two hundred at a time, by anybody', async () => {
    const pages = (count: number): string =>
      Array.from(
        { length: count },
        (_, page) => `p${String(page)}: offers(first: 100) { edges { node { id measured { orders } } } }`,
      ).join(' ');
    expect((await app.ask(`{ ${pages(2)} }`)).errors).toEqual([]);
    expect((await app.ask(`{ ${pages(3)} }`)).errors).toMatchObject([
      { message: expect.stringContaining('Ask for smaller pages or fewer fields.') },
    ]);
  });

  it.each<[string, object, string | null]>([
    ['no window', { windows: [] }, null],
    ['no step', { steps: [] }, null],
    [
      'a step on a kind of cell that there is none of',
      { steps: [{ cellKind: 'loom', minutesPerBatch: 1, minutesPerUnit: 1 }] },
      'loom',
    ],
    [
      'a family that no cell has',
      { steps: [{ cellKind: 'print', family: 'gold', minutesPerBatch: 1, minutesPerUnit: 1 }] },
      'print',
    ],
    [
      'windows in which its workshop is closed',
      { windows: [{ weekday: 1, fromMinute: 0, toMinute: 420 }] },
      'print',
    ],
  ])('with %s has no capacity, and nothing is published', async (_, change, cellKind) => {
    const before = await app.database.query('select id from offer');
    expect(await publish(change)).toMatchObject({ __typename: 'NoCapacity', cellKind });
    expect(await app.database.query('select id from offer')).toEqual(before);
  });

  it.each<[string, object]>([
    [
      'windows',
      {
        windows: [
          { weekday: 1, fromMinute: 480, toMinute: 600 },
          { weekday: 1, fromMinute: 540, toMinute: 700 },
        ],
      },
    ],
    ['prices', { prices: [{ fromUnits: 1, setupMinor: '-1', unitMinor: '1' }] }],
    ['refund', { refund: { reclaimPercent: 101, cancelTiers: [] } }],
    ['inputSchema', { inputSchema: '{"type":"object","properties":{"a":{"$ref":"#"}}}' }],
    [
      'inputSchema',
      { inputSchema: '{"type":"object","properties":{"a":{"type":"string","minLength":"x"}}}' },
    ],
    ['inputSchema', { inputSchema: 'no JSON' }],
    ['title', { title: '' }],
  ])('with a bad %s is refused', async (field, change) => {
    expect(await publish(change)).toMatchObject({ __typename: 'InputRefused', field });
  });

  it('is one for the same request sent twice, and a different one under the same requestId is refused', async () => {
    const request = { coopId: provider.coopId, ...once(), ...offerTerms() };
    const [first, again] = [
      await exchange(app, provider.admin, 'publishOffer', request),
      await exchange(app, provider.admin, 'publishOffer', request),
    ];
    expect(again).toEqual(first);
    const other = { ...request, title: 'Another' };
    expect((await exchange(app, provider.admin, 'publishOffer', other)).__typename).toBe('RequestIdReused');
  });

  it('keeps the terms of what was quoted when it is revised, and is quoted no more when it is withdrawn', async () => {
    const offer = await anOffer(app, provider);
    const buyer = await aBuyer(app);
    const before = await aQuote(app, buyer, offer);
    const prices = [{ fromUnits: 1, setupMinor: '0', unitMinor: '99' }];
    const revised = await exchange(app, provider.admin, 'reviseOffer', {
      ...{ coopId: provider.coopId, offerId: offer.id, ...once() },
      ...offerTerms({ prices }),
    });
    expect(revised).toMatchObject({ __typename: 'OfferRevised', offer: { version: 2 } });
    const after = await aQuote(app, buyer, offer);
    expect([before, after].map((quote) => [quote.offer.version, quote.priceMinor])).toEqual([
      [1, '2650'],
      [2, '2970'],
    ]);
    const withdraw = { coopId: provider.coopId, offerId: offer.id };
    for (let time = 0; time < 2; time += 1)
      expect((await exchange(app, provider.admin, 'withdrawOffer', withdraw)).__typename).toBe(
        'OfferWithdrawn',
      );
    expect((await askForQuote(app, buyer, offer)).__typename).toBe('NotFound');
    const edges = (await listed(null)).offers.edges.map(({ node }) => node.id);
    expect(edges).not.toContain(offer.id);
    const late = { ...withdraw, ...once(), ...offerTerms() };
    expect((await exchange(app, provider.admin, 'reviseOffer', late)).__typename).toBe('NotFound');
  });

  it('can be published by the API key of the brand that acts for the provider, and by no other', async () => {
    const brand = await aBrand(app, provider.admin, ['exchange:write']);
    const publishAs = (coopId: string) =>
      exchange(app, brand, 'publishOffer', { coopId, ...once(), ...offerTerms() });
    expect((await publishAs(provider.coopId)).__typename).toBe('NotFound');
    const link = { coopId: provider.coopId, brandId: brand.brandId };
    expect((await exchange(app, provider.admin, 'setProviderBrand', link)).__typename).toBe(
      'ProviderBrandSet',
    );
    expect((await exchange(app, provider.admin, 'setProviderBrand', link)).__typename).toBe(
      'ProviderBrandSet',
    );
    expect((await publishAs(provider.coopId)).__typename).toBe('OfferPublished');
    const elsewhere = await aProvider(app);
    expect((await publishAs(elsewhere.coopId)).__typename).toBe('NotFound');
    const foreign = { coopId: elsewhere.coopId, brandId: brand.brandId };
    expect((await exchange(app, elsewhere.admin, 'setProviderBrand', foreign)).__typename).toBe('NotFound');
  });

  it('needs an admin of the provider or a key with the scope', async () => {
    const input = { coopId: provider.coopId, ...once(), ...offerTerms() };
    const query = `mutation ($input: PublishOfferInput!) { publishOffer(input: $input) { __typename } }`;
    const reader = await aBrand(app, provider.admin, ['exchange:read', 'orders:write']);
    const stranger = (await aProvider(app)).admin;
    const operator = await aMember(app, provider, ['operator']);
    for (const who of [reader, stranger, operator])
      expect((await app.ask(query, { input }, who)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

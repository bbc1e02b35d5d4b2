import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aProvider,
  aQuote,
  anOffer,
  anOrder,
  askForQuote,
  brokenTrade,
  exchange,
  offerTerms,
  once,
  type TestProvider,
  type TestQuote,
} from '../../support/builders/exchange.js';
import type { TestBrand } from '../../support/builders/membership.js';
import { aTariff } from '../../support/builders/pricing.js';

const NOW = '2026-11-18T08:00:00.000Z';
// 30 units: 90 minutes of printing, sold by their time at 24.00 an hour, and 30 of checks, which the table pays for.
const BY_TIME = {
  steps: [
    { cellKind: 'print', minutesPerBatch: 30, minutesPerUnit: 2, atPeerRate: true },
    { cellKind: 'qa', minutesPerBatch: 0, minutesPerUnit: 1 },
  ],
};
const FREE_TABLE = [{ fromUnits: 1, setupMinor: '0', unitMinor: '0' }];

let app: TestApp;
let provider: TestProvider;
let buyer: TestBrand;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  expect(await brokenTrade(app)).toEqual({});
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  provider = await aProvider(app);
  buyer = await aBuyer(app);
});

const peersPay = (peerPercent: number, cellId?: string): Promise<void> =>
  aTariff(
    app,
    provider.admin,
    { coopId: provider.coopId, ...(cellId === undefined ? {} : { cellId }) },
    { peerPercent },
  );
const linesOf = ({ priceLines }: TestQuote): [string, string][] =>
  priceLines.map(({ code, amountMinor }) => [code, amountMinor]);

describe('a step that is sold at the peer rate', () => {
  it('costs its minutes at the base rate of the cell, then the percent that peers pay, beside the table', async () => {
    const offer = await anOffer(app, provider, BY_TIME);
    const plain = await aQuote(app, buyer, offer);
    expect(linesOf(plain)).toEqual([
      ['setup', '1000'],
      ['units', '1650'],
      ['time', '3600'],
    ]);
    await peersPay(120);
    const dearer = await aQuote(app, buyer, offer);
    expect(linesOf(dearer)).toEqual([...linesOf(plain), ['peer', '720']]);
    expect([plain.priceMinor, dearer.priceMinor]).toEqual(['6250', '6970']);
    await peersPay(75, provider.print.cellId);
    expect(linesOf(await aQuote(app, buyer, offer)).at(-1)).toEqual(['peer', '-900']);
    const order = await anOrder(app, buyer, offer);
    expect(order.priceMinor).toBe('5350');
  });

  it('sums to the cent whatever the percent, and its lines say what they are for', async () => {
    await app.database.query('update cell set hourly_rate_minor = 1001 where id = $1', [
      provider.print.cellId,
    ]);
    const offer = await anOffer(app, provider, BY_TIME);
    for (const percent of [0, 1, 33, 99, 101, 137]) {
      await peersPay(percent);
      const { priceLines, priceMinor } = await aQuote(app, buyer, offer, { units: 11 });
      const sum = priceLines.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
      expect(String(sum)).toBe(priceMinor);
    }
    const query = `mutation ($input: RequestQuoteInput!) { requestQuote(input: $input) {
      ... on QuoteMade { quote { priceLines { label } } } } }`;
    const input = { providerId: offer.coopId, offerId: offer.id, units: 30, input: '{"colour":"red"}' };
    const said = await app.gql<{ requestQuote: { quote: { priceLines: { label: string }[] } } }>(
      query,
      { input },
      buyer,
    );
    expect(said.requestQuote.quote.priceLines.map(({ label }) => label).slice(-2)).toEqual([
      'Step 1, Print: 90 minutes at the base rate',
      'Step 1, Print: Peer rate: 137 %',
    ]);
  });

  it('may be all that an offer costs, and is refused as long as that is nothing', async () => {
    const offer = await anOffer(app, provider, { ...BY_TIME, prices: FREE_TABLE });
    expect(linesOf(await aQuote(app, buyer, offer))).toEqual([['time', '3600']]);
    await peersPay(0);
    expect(await askForQuote(app, buyer, offer)).toMatchObject({
      __typename: 'InputRefused',
      field: 'offerId',
    });
    const terms = { coopId: provider.coopId, ...once(), ...offerTerms({ prices: FREE_TABLE }) };
    expect(await exchange(app, provider.admin, 'publishOffer', terms)).toMatchObject({
      __typename: 'InputRefused',
      field: 'prices',
    });
  });
});

describe('the time of an order', () => {
  it("is shown without what it is worth in the provider's own books", async () => {
    const order = await anOrder(app, buyer, await anOffer(app, provider));
    const query = (fields: string): string =>
      `query ($providerId: ID!, $id: ID!) { serviceOrder(providerId: $providerId, id: $id) { bookings { ${fields} } } }`;
    const which = { providerId: order.coopId, id: order.id };
    const seen = await app.gql(query('state cell { name } station { number }'), which, buyer);
    expect(seen).toEqual({
      serviceOrder: {
        bookings: [
          { state: 'CONFIRMED', cell: { name: 'Print' }, station: { number: 1 } },
          { state: 'CONFIRMED', cell: { name: 'Check' }, station: { number: 1 } },
        ],
      },
    });
    for (const field of ['priceMinor', 'chargedMinor', 'priceLines { amountMinor }'])
      expect((await app.ask(query(field), which, buyer)).errors[0]?.message).toContain('Cannot query field');
  });
});

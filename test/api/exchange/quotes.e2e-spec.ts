import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aBuyer,
  aProvider,
  aQuote,
  accept,
  anOffer,
  askForQuote,
  exchange,
  once,
  seenOrder,
  type TestOffer,
  type TestProvider,
} from '../../support/builders/exchange.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestBrand,
  type TestMember,
} from '../../support/builders/membership.js';
import { aHold, changeClaim } from '../../support/builders/workshops.js';

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

const counted = async (): Promise<unknown> =>
  app.database.query(
    `select (select count(*) from service_order where coop_id = $1) as orders,
            (select count(*) from booking where coop_id = $1 and ended_at is null) as bookings,
            (select count(*) from ledger_transaction where coop_id = $1) as postings`,
    [provider.coopId],
  );
const NOTHING = [{ orders: '0', bookings: '0', postings: '0' }];

/** A member takes both printing stations and so all capacity of the offer, from one instant to the other. */
async function takeAll(member: TestMember, fromAt: string, toAt: string): Promise<void> {
  await app.database.query('update coop set hold_limit = 50 where id = $1', [provider.coopId]);
  const token = await signedIn(app, member.email);
  for (const stationId of provider.print.stationIds) {
    const hold = await aHold(app, { token }, provider.print, [fromAt, toAt], { stationId });
    await changeClaim(app, { token }, 'confirmBooking', { coopId: provider.coopId, bookingId: hold.id });
  }
}

describe('a quote', () => {
  it('prices the batch to the cent and promises what the machines can do after its validity', async () => {
    const quote = await aQuote(app, buyer, offer);
    expect(quote.priceLines).toEqual([
      { code: 'setup', amountMinor: '1000' },
      { code: 'units', amountMinor: '1650' },
    ]);
    expect(quote.priceMinor).toBe('2650');
    expect(quote.validUntil).toBe('2026-11-19T08:00:00.000Z');
    // Printing 90 minutes from 09:00 in Berlin on the day after, then 30 minutes of checks.
    expect(quote.promisedAt).toBe('2026-11-19T10:00:00.000Z');
    expect(await counted()).toEqual(NOTHING);
  });

  it('stands for less time when that is what it takes to meet the wish, or says what the earliest is', async () => {
    const sooner = await aQuote(app, buyer, offer, { wantedBy: '2026-11-18T15:00:00Z' });
    expect([sooner.validUntil, sooner.promisedAt]).toEqual([
      '2026-11-18T12:00:00.000Z',
      '2026-11-18T14:00:00.000Z',
    ]);
    expect(await askForQuote(app, buyer, offer, { wantedBy: '2026-11-18T10:30:00Z' })).toMatchObject({
      __typename: 'WantedTooSoon',
      earliestAt: '2026-11-18T11:00:00.000Z',
    });
  });

  it('goes around what members have booked, and keeps to the windows of the offer', async () => {
    const narrow = await anOffer(app, provider, {
      windows: [{ weekday: 4, fromMinute: 600, toMinute: 900 }],
    });
    const member = await aMember(app, provider);
    await takeAll(member, '2026-11-19T09:00:00Z', '2026-11-19T11:00:00Z');
    expect((await aQuote(app, buyer, offer)).promisedAt).toBe('2026-11-19T12:00:00.000Z');
    expect((await aQuote(app, buyer, narrow)).promisedAt).toBe('2026-11-19T13:00:00.000Z');
    // What is left of this Thursday's window is too short for this one: the work goes on a week later.
    expect((await aQuote(app, buyer, narrow, { units: 99 })).promisedAt).toBe('2026-11-26T12:00:00.000Z');
  });

  it('counts the changeovers that the families of others make necessary', async () => {
    await app.database.query(
      `insert into setup_family (coop_id, cell_id, name) values ($1, $2, 'black'), ($1, $2, 'red')`,
      [provider.coopId, provider.print.cellId],
    );
    await app.database.query(`update cell set default_family = 'black' where coop_id = $1 and id = $2`, [
      ...[provider.coopId, provider.print.cellId],
    ]);
    await app.database.query(
      `insert into changeover (coop_id, cell_id, from_family, to_family, minutes, cost_minor) values ($1, $2, '*', '*', 60, 0)`,
      [provider.coopId, provider.print.cellId],
    );
    const steps = [{ cellKind: 'print', family: 'red', minutesPerBatch: 60, minutesPerUnit: 0 }];
    const red = await anOffer(app, provider, { steps });
    expect((await aQuote(app, buyer, red)).promisedAt).toBe('2026-11-19T09:00:00.000Z');
    await takeAll(await aMember(app, provider), '2026-11-19T07:00:00Z', '2026-11-19T08:00:00Z');
    expect((await aQuote(app, buyer, red)).promisedAt).toBe('2026-11-19T10:00:00.000Z');
  });

  it.each<[string, object, object]>([
    ['too small a batch', { units: 9 }, { __typename: 'BatchTooSmall', leastUnits: 10 }],
    ['no batch', { units: 0 }, { __typename: 'InputRefused', field: 'units' }],
    ['an input that is no JSON', { input: 'red' }, { __typename: 'ContractBroken' }],
    ['an input that lacks what the contract needs', { input: '{}' }, { __typename: 'ContractBroken' }],
    ['an input of another value', { input: '{"colour":"gold"}' }, { __typename: 'ContractBroken' }],
    [
      'an input with a typing error',
      { input: '{"colour":"red","art":"x"}' },
      { __typename: 'ContractBroken' },
    ],
    ['more than 60 days of work', { units: 1_000_000 }, { __typename: 'NoCapacity' }],
    ['an offer that there is not', { offerId: 'x' }, { __typename: 'NotFound' }],
  ])('is refused for %s, and nothing is kept', async (_, change, refusal) => {
    expect(await askForQuote(app, buyer, offer, change)).toMatchObject(refusal);
    expect(
      await app.database.query('select id from service_quote where coop_id = $1', [provider.coopId]),
    ).toEqual([]);
  });

  it('holds an input to what it has itself, whatever every object is born with', async () => {
    const contract = (required: string[]): object => ({
      inputSchema: JSON.stringify({
        ...{ type: 'object', required, properties: { constructor: { type: 'string' } } },
      }),
    });
    const [maybe, must] = [
      await anOffer(app, provider, contract([])),
      await anOffer(app, provider, contract(['constructor'])),
    ];
    const kindFor = async (of: TestOffer, input: string): Promise<string> =>
      (await askForQuote(app, buyer, of, { input })).__typename;
    expect([await kindFor(maybe, '{}'), await kindFor(must, '{"constructor":"A. Builder"}')]).toEqual([
      'QuoteMade',
      'QuoteMade',
    ]);
    const lacking = await askForQuote(app, buyer, must, { input: '{}' });
    expect(lacking.problems).toEqual(["the input must have required property 'constructor'"]);
  });

  it('is refused beyond sixty a minute, before the input is looked at, and again after it', async () => {
    const asked = await Promise.all(
      Array.from({ length: 61 }, () => askForQuote(app, buyer, offer, { input: '{}' })),
    );
    expect(asked.filter((answer) => answer.__typename === 'ContractBroken')).toHaveLength(60);
    expect(asked.filter((answer) => answer.__typename === 'TooManyQuotes')).toHaveLength(1);
    await app.clock.step(60_000);
    expect(await askForQuote(app, buyer, offer)).toMatchObject({ __typename: 'QuoteMade' });
  });

  it('is asked for on behalf of a co-op by its treasurer, but not of its own offer', async () => {
    const coop = await aCoop(app);
    const treasurer = await aMember(app, coop, ['treasurer']);
    const quote = await aQuote(app, treasurer, offer, { coopId: coop.coopId });
    expect((await accept(app, treasurer, quote, { coopId: coop.coopId })).__typename).toBe('QuoteAccepted');
    expect(await askForQuote(app, provider.admin, offer, { coopId: provider.coopId })).toMatchObject({
      __typename: 'InputRefused',
      field: 'providerId',
    });
  });
});

describe('a quote that is accepted', () => {
  it('books the stations inside the windows of the offer and by the promise', async () => {
    const quote = await aQuote(app, buyer, offer);
    const { order } = await accept(app, buyer, quote);
    expect(order).toMatchObject({
      state: 'ACCEPTED',
      priceMinor: quote.priceMinor,
      promisedAt: quote.promisedAt,
    });
    expect(order?.bookings.map(({ fromAt, toAt, state }) => [fromAt, toAt, state])).toEqual([
      ['2026-11-18T08:00:00.000Z', '2026-11-18T09:30:00.000Z', 'CONFIRMED'],
      ['2026-11-18T09:30:00.000Z', '2026-11-18T10:00:00.000Z', 'CONFIRMED'],
    ]);
  });

  it('is one order for the same request sent again, and no other request accepts it', async () => {
    const quote = await aQuote(app, buyer, offer);
    const request = once();
    const [first, again] = [
      await accept(app, buyer, quote, request),
      await accept(app, buyer, quote, request),
    ];
    expect(again).toEqual(first);
    expect((await accept(app, buyer, quote)).__typename).toBe('QuoteTaken');
    const other = await aQuote(app, buyer, offer);
    expect((await accept(app, buyer, other, request)).__typename).toBe('RequestIdReused');
    expect(await counted()).toMatchObject([{ orders: '1', bookings: '2', postings: '1' }]);
  });

  it('is accepted until the millisecond before it ends, and then refused with nothing changed', async () => {
    const [late, lastMoment] = [await aQuote(app, buyer, offer), await aQuote(app, buyer, offer)];
    await app.clock.freeze(new Date(Date.parse(NOW) + 24 * HOUR));
    expect((await accept(app, buyer, late)).__typename).toBe('QuoteExpired');
    expect(await counted()).toEqual(NOTHING);
    await app.clock.freeze(new Date(Date.parse(NOW) + 24 * HOUR - 1));
    const { order } = await accept(app, buyer, lastMoment);
    expect(order?.bookings.at(-1)?.toAt).toBe(lastMoment.promisedAt);
  });

  it("is nobody else's: another brand, another co-op and the provider itself find no such quote", async () => {
    const quote = await aQuote(app, buyer, offer);
    const other = await aBuyer(app);
    const coop = await aCoop(app);
    expect((await accept(app, other, quote)).__typename).toBe('NotFound');
    expect((await accept(app, coop.admin, quote, { coopId: coop.coopId })).__typename).toBe('NotFound');
    expect((await accept(app, provider.admin, quote, { coopId: provider.coopId })).__typename).toBe(
      'NotFound',
    );
    expect(await counted()).toEqual(NOTHING);
    const { order } = await accept(app, buyer, quote);
    if (order === undefined) throw new Error('the quote was not accepted');
    expect(await seenOrder(app, buyer, order)).not.toBeNull();
    expect(await seenOrder(app, other, order)).toBeNull();
    expect(await seenOrder(app, coop.admin, order, coop.coopId)).toBeNull();
    expect(await seenOrder(app, provider.admin, order, provider.coopId)).not.toBeNull();
  });

  it('whose capacity others have taken meanwhile is not bought, and says what a new one would promise', async () => {
    const quote = await aQuote(app, buyer, offer);
    await takeAll(await aMember(app, provider), '2026-11-18T08:00:00Z', '2026-11-18T12:00:00Z');
    await takeAll(await aMember(app, provider), '2026-11-18T12:00:00Z', '2026-11-18T19:00:00Z');
    await takeAll(await aMember(app, provider), '2026-11-19T07:00:00Z', '2026-11-19T10:00:00Z');
    const before = await counted();
    expect(await accept(app, buyer, quote)).toMatchObject({
      __typename: 'PromiseLost',
      newPromise: '2026-11-19T12:00:00.000Z',
    });
    expect(await counted()).toEqual(before);
  });

  it('of an offer that was withdrawn still stands', async () => {
    const quote = await aQuote(app, buyer, offer);
    await exchange(app, provider.admin, 'withdrawOffer', { coopId: provider.coopId, offerId: offer.id });
    expect((await accept(app, buyer, quote)).__typename).toBe('QuoteAccepted');
  });
});

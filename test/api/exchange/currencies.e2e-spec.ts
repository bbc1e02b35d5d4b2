import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formatMoney } from '@touchmark/money';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anOffer, anOrder, aQuote, brokenTrade, exchange, once } from '../../support/builders/exchange.js';
import { aCoop, aMember } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim } from '../../support/builders/workshops.js';
import { mutate } from '../workshops/mutate.js';

const NOW = '2026-11-18T08:00:00.000Z';
const TOMORROW = ['2026-11-19T09:00:00Z', '2026-11-19T09:30:00Z'] as const;
/** A booking of half an hour at 2,401 an hour; half of it is the fee of who cancels. */
const [PRICE, FEE] = ['1200', '600'];

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  expect(await brokenTrade(app)).toEqual({});
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
});

const currenciesOf = async (reference: string): Promise<string[]> =>
  (
    await app.database.query<{ currency: string }>(
      `select distinct e.currency from ledger_transaction t
         join ledger_entry e on e.coop_id = t.coop_id and e.transaction_id = t.id where t.reference = $1`,
      [reference],
    )
  ).map((row) => row.currency);

// No digits, and three: minor units are whole, and nothing here may count a hundred of them.
describe.each([
  ['JPY', '1200 JPY'],
  ['KWD', '1.200 KWD'],
])('a co-op that counts in %s', (currency, shown) => {
  it('holds, charges and cancels for a fee in its own minor units', async () => {
    const coop = await aCoop(app, { currency });
    const cell = await aCell(app, await aWorkshop(app, coop), { hourlyRateMinor: 2401n });
    const member = await aMember(app, coop);
    const policy = { coopId: coop.coopId, cancelTiers: [{ noticeHours: 24, feePercent: 50 }] };
    const set = await mutate(app, coop.admin, 'setBookingPolicy', 'BookingPolicySet { __typename }', {
      ...{ noShowPercent: 100, noShowAfterMinutes: 15, actualMinutes: 'FROZEN', waitingAnswerMinutes: 60 },
      ...policy,
    });
    expect(set).toMatchObject({ __typename: 'BookingPolicySet' });
    const { id } = await aHold(app, member, cell, TOMORROW);
    const input = { coopId: coop.coopId, bookingId: id };
    const confirmed = await changeClaim(
      ...([app, member, 'confirmBooking', input, 'priceMinor chargedMinor currency'] as const),
    );
    expect(confirmed.booking).toEqual({ priceMinor: PRICE, chargedMinor: PRICE, currency });
    expect(formatMoney({ amountMinor: BigInt(PRICE), currency })).toBe(shown);
    const cancelled = await changeClaim(
      ...([app, member, 'cancelBooking', input, 'chargedMinor currency'] as const),
    );
    expect(cancelled.booking).toEqual({ chargedMinor: FEE, currency });
    expect(await currenciesOf(id)).toEqual([currency]);
  });

  it("sells to a co-op that counts in another: both books are in the seller's currency, and so is the refund", async () => {
    const coop = await aCoop(app, { currency });
    const workshop = await aWorkshop(app, coop);
    const print = await aCell(app, workshop, { stations: 1 });
    const qa = await aCell(app, workshop, { kind: 'qa', name: 'Check', stations: 1 });
    const provider = { ...coop, print, qa };
    const home = await aCoop(app);
    const offer = await anOffer(app, provider, {
      prices: [{ fromUnits: 1, setupMinor: '7', unitMinor: '3' }],
      refund: { reclaimPercent: 100, cancelTiers: [{ noticeHours: 0, percentBack: 33 }] },
    });
    const quote = await aQuote(app, home.admin, offer, { coopId: home.coopId });
    // Two minor units more or less would be two hundred in another currency.
    expect(quote.priceMinor).toBe('97');
    const order = await anOrder(app, home.admin, offer, { coopId: home.coopId });
    const ended = await exchange(app, home.admin, 'cancelServiceOrder', {
      ...{ coopId: home.coopId, providerId: order.coopId, orderId: order.id },
      ...once(),
    });
    // 33 % of 97 is 32.01; the broken unit is the buyer's.
    expect(ended.order).toMatchObject({ state: 'CANCELLED', refundedMinor: '33' });
    const balances = await app.database.query(
      `select t.coop_id, e.account, e.currency, sum(e.amount_minor)::text as minor from ledger_transaction t
         join ledger_entry e on e.coop_id = t.coop_id and e.transaction_id = t.id
        where t.reference = $1 group by t.coop_id, e.account, e.currency order by e.account`,
      [order.id],
    );
    expect(balances).toEqual([
      { coop_id: home.coopId, account: 'service_cost', currency, minor: '64' },
      { coop_id: coop.coopId, account: 'service_revenue', currency, minor: '-64' },
      { coop_id: home.coopId, account: 'trade_payable', currency, minor: '-64' },
      { coop_id: coop.coopId, account: 'trade_receivable', currency, minor: '64' },
    ]);
  });
});

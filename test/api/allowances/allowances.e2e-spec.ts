import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKS } from '../../../apps/api/src/allowances/index.js';
import { ExpireCredits } from '../../../apps/api/src/allowances/expire-credits/expire-credits.js';
import { LapseHolds } from '../../../apps/api/src/booking/lapse-holds/lapse-holds.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, quotas, someCredits } from '../../support/builders/allowances.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aTariff } from '../../support/builders/pricing.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';

// A Monday morning in Berlin.
const NOW = '2026-11-23T07:00:00.000Z';
const at = (day: number, hour: number): string => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const hours = (day: number, from: number, count: number) => [at(day, from), at(day, from + count)] as const;

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let print: TestCell;
let cut: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterEach(async () => {
  for (const check of CHECKS)
    expect([check.name, await app.database.query(check.violations)]).toEqual([check.name, []]);
  // The next test goes back in time: what is dead must not come alive again.
  await app.nest.get(LapseHolds, { strict: false }).run();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  await app.database.query('UPDATE coop SET hold_limit = 50 WHERE id = $1', [coop.coopId]);
  member = await aMember(app, coop);
  const workshop = await aWorkshop(app, coop);
  print = await aCell(app, workshop, { stations: 4 });
  cut = await aCell(app, workshop, { kind: 'cut', name: 'Cut', stations: 4 });
});

async function refusedBy(answer: {
  readonly __typename: string;
  readonly message?: string;
}): Promise<string> {
  expect(answer.__typename).toBe('QuotaExceeded');
  return Promise.resolve(answer.message ?? '');
}

/** Lets time pass, and the member sign in again: tokens are short-lived. */
async function pass(minutes: number): Promise<void> {
  await app.clock.step(minutes * 60_000);
  member = { ...member, token: await signedIn(app, member.email) };
}

const weekly = (minutes: number, cellKind: string | null = 'print', memberClass = 'standard') =>
  ({ memberClass, cellKind, period: 'week', minutes }) as const;

const BALANCES = `SELECT account, sum(amount_minor)::text AS minor FROM ledger_entry WHERE coop_id = $1
  GROUP BY account HAVING sum(amount_minor) <> 0 ORDER BY account`;
const books = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await app.database.query<{ account: string; minor: string }>(BALANCES, [coop.coopId])).map((row) => [
      row.account,
      row.minor,
    ]),
  );

interface Mine {
  readonly myAllowance: {
    readonly memberClass: string;
    readonly quotas: {
      readonly cellKind: string | null;
      readonly usedMinutes: number;
      readonly leftMinutes: number;
      readonly fromAt: string;
      readonly toAt: string;
    }[];
    readonly credits: {
      readonly edges: {
        readonly node: { readonly id: string; readonly usedMinutes: number; readonly leftMinutes: number };
      }[];
    };
  };
}
const MINE = `query ($coopId: ID!, $workshopId: ID!, $at: Instant) { myAllowance(coopId: $coopId, workshopId: $workshopId, at: $at) {
  memberClass quotas { cellKind usedMinutes leftMinutes fromAt toAt }
  credits(first: 10) { edges { node { id usedMinutes leftMinutes } } } } }`;
async function mine(moment: string | null = null): Promise<Mine['myAllowance']> {
  const { coopId, workshopId } = print;
  return (await app.gql<Mine>(MINE, { coopId, workshopId, at: moment }, member)).myAllowance;
}

const confirm = (bookingId: string) =>
  changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId });
const cancel = (bookingId: string) =>
  changeClaim(app, member, 'cancelBooking', { coopId: coop.coopId, bookingId });

describe('a quota', () => {
  it('gives hours up to its last minute in each week of the workshop, and says what is left', async () => {
    await quotas(app, coop, [weekly(180)]);
    await aHold(app, member, print, hours(24, 8, 2));
    expect(await refusedBy(await askForSlot(app, member, print, hours(25, 8, 2)))).toContain('60 are left');
    await aHold(app, member, print, hours(25, 8, 1));
    await refusedBy(await askForSlot(app, member, print, [at(29, 8), at(29, 9)]));
    // Monday, 30 November, is another week; a cut is another kind.
    await aHold(app, member, print, hours(30, 8, 3));
    await aHold(app, member, cut, hours(25, 8, 3));
    expect((await mine()).quotas).toEqual([
      {
        ...{ cellKind: 'print', usedMinutes: 180, leftMinutes: 0 },
        ...{ fromAt: '2026-11-22T23:00:00.000Z', toAt: '2026-11-29T23:00:00.000Z' },
      },
    ]);
    expect((await mine(at(30, 12))).quotas[0]?.usedMinutes).toBe(180);
  });

  it('counts a hold until it lapses or is released, and a booking until it is cancelled', async () => {
    await quotas(app, coop, [weekly(120, null)]);
    const hold = await aHold(app, member, print, hours(24, 8, 2));
    await refusedBy(await askForSlot(app, member, cut, hours(25, 8, 1)));
    await changeClaim(app, member, 'releaseHold', { coopId: coop.coopId, bookingId: hold.id });
    await aHold(app, member, print, hours(24, 8, 2));
    await pass(15);
    const booked = await aHold(app, member, cut, hours(25, 8, 2));
    expect((await confirm(booked.id)).__typename).toBe('BookingConfirmed');
    await pass(60);
    await refusedBy(await askForSlot(app, member, print, hours(26, 8, 1)));
    expect((await cancel(booked.id)).__typename).toBe('BookingCancelled');
    await aHold(app, member, print, hours(26, 8, 2));
  });

  it("follows the member's class from the next claim on", async () => {
    await quotas(app, coop, [weekly(60), weekly(240, 'print', 'resident')]);
    await refusedBy(await askForSlot(app, member, print, hours(24, 8, 2)));
    const SET = `mutation ($input: SetMemberClassInput!) { setMemberClass(input: $input) {
      __typename ... on MemberClassSet { memberClass } ... on Refusal { message } } }`;
    const input = { coopId: coop.coopId, accountId: member.accountId, memberClass: 'resident' };
    expect(await app.gql(SET, { input }, coop.admin)).toEqual({
      setMemberClass: { __typename: 'MemberClassSet', memberClass: 'resident' },
    });
    await aHold(app, member, print, hours(24, 8, 4));
    const none = await app.gql(SET, { input: { ...input, memberClass: 'Very Important' } }, coop.admin);
    expect(none).toMatchObject({ setMemberClass: { __typename: 'InputRefused' } });
  });

  it('is refused when it cannot be, and changes nothing then', async () => {
    await quotas(app, coop, [weekly(60)]);
    const SET = `mutation ($input: SetQuotasInput!) { setQuotas(input: $input) {
      __typename ... on QuotasSet { rules } ... on InputRefused { field message } } }`;
    const rule = { memberClass: 'standard', period: 'WEEK', minutes: 60 };
    const set = (rules: object[]) =>
      app.gql(SET, { input: { coopId: coop.coopId, quotas: rules } }, coop.admin);
    expect(await set([rule, rule])).toEqual({
      setQuotas: {
        ...{ __typename: 'InputRefused', field: 'quotas' },
        message: 'Rule 2 is there twice: one rule for each class, kind and period.',
      },
    });
    const LIST = `query ($coopId: ID!) { quotas(coopId: $coopId) { edges { node { memberClass cellKind minutes } } } }`;
    const listed = async () => app.gql(LIST, { coopId: coop.coopId }, member);
    expect(await listed()).toEqual({
      quotas: { edges: [{ node: { memberClass: 'standard', cellKind: 'print', minutes: 60 } }] },
    });
    expect(await set([])).toEqual({ setQuotas: { __typename: 'QuotasSet', rules: 0 } });
    expect(await listed()).toEqual({ quotas: { edges: [] } });
  });
});

describe('credits', () => {
  const BUY = `mutation ($input: BuyCreditsInput!) { buyCredits(input: $input) { __typename
    ... on CreditsBought { credits { id name minutes leftMinutes priceMinor expiresAt } } ... on Refusal { message } } }`;
  const buy = async (packId: string, input: object = {}) =>
    (
      await app.gql<{ buyCredits: { __typename: string; credits?: { id: string } } }>(
        BUY,
        { input: { coopId: coop.coopId, packId, requestId: randomUUID(), ...input } },
        member,
      )
    ).buyCredits;

  it('sells a pack once for the same request', async () => {
    const packId = await aCreditPack(app, coop);
    const requestId = randomUUID();
    const bought = await buy(packId, { requestId });
    expect(bought).toMatchObject({
      __typename: 'CreditsBought',
      credits: {
        name: 'Ten hours',
        minutes: 600,
        leftMinutes: 600,
        priceMinor: '10000',
        expiresAt: '2026-12-23T07:00:00.000Z',
      },
    });
    expect(await buy(packId, { requestId })).toEqual(bought);
    expect(await buy(packId, { requestId, maxPriceMinor: '1' })).toMatchObject({
      __typename: 'RequestIdReused',
    });
    expect(await buy(packId, { maxPriceMinor: '9999' })).toMatchObject({ __typename: 'PackAboveMax' });
    expect(await books()).toEqual({ member_receivable: '10000', prepaid_credits: '-10000' });
  });

  it('takes a pack off sale and keeps what was sold of it', async () => {
    const packId = await aCreditPack(app, coop);
    await buy(packId);
    const RETIRE = `mutation ($input: RetireCreditPackInput!) { retireCreditPack(input: $input) {
      __typename ... on CreditPackRetired { pack { retiredAt } } } }`;
    const retired = { retireCreditPack: { __typename: 'CreditPackRetired', pack: { retiredAt: NOW } } };
    for (const time of ['once', 'again']) {
      const input = { coopId: coop.coopId, packId };
      expect([time, await app.gql(RETIRE, { input }, coop.admin)]).toEqual([time, retired]);
    }
    expect(await buy(packId)).toMatchObject({ __typename: 'PackRetired' });
    expect((await mine()).credits.edges[0]?.node.leftMinutes).toBe(600);
  });

  it('makes the value of used credits revenue when the booking is confirmed, and mirrors it back', async () => {
    // 7.00 for 90 minutes: the cents of an hour do not come out even.
    const packId = await aCreditPack(app, coop, { minutes: 90, priceMinor: 700n });
    await someCredits(app, coop, member, packId);
    const first = await aHold(app, member, print, hours(24, 8, 1), { useCredits: true });
    expect(first.priceMinor).toBe('0');
    expect(await books()).toEqual({ member_receivable: '700', prepaid_credits: '-700' });
    expect((await confirm(first.id)).__typename).toBe('BookingConfirmed');
    expect(await books()).toEqual({
      booking_revenue: '-466',
      member_receivable: '700',
      prepaid_credits: '-234',
    });
    // Half an hour is left of the pack; the other half is paid for.
    const second = await aHold(app, member, print, hours(25, 8, 1), { useCredits: true });
    expect(second.priceMinor).toBe('1200');
    await confirm(second.id);
    expect(await books()).toEqual({ booking_revenue: '-1900', member_receivable: '1900' });
    expect((await cancel(first.id)).__typename).toBe('BookingCancelled');
    expect((await mine()).credits.edges[0]?.node).toMatchObject({ usedMinutes: 30, leftMinutes: 60 });
    expect(await books()).toEqual({
      booking_revenue: '-1433',
      member_receivable: '1900',
      prepaid_credits: '-467',
    });
  });

  it('sets minutes aside for a hold and has them back when it lapses', async () => {
    await someCredits(app, coop, member, await aCreditPack(app, coop, { minutes: 60 }));
    await aHold(app, member, print, hours(24, 8, 1), { useCredits: true });
    expect((await aHold(app, member, cut, hours(24, 8, 1), { useCredits: true })).priceMinor).toBe('2400');
    await pass(15);
    expect((await aHold(app, member, cut, hours(25, 8, 1), { useCredits: true })).priceMinor).toBe('0');
  });

  it('pays only for its kind of cell, and for what starts before it expires', async () => {
    await someCredits(app, coop, member, await aCreditPack(app, coop, { cellKind: 'cut', validDays: 2 }));
    const priceOf = async (cell: TestCell, day: number) =>
      (await aHold(app, member, cell, hours(day, 8, 1), { useCredits: true })).priceMinor;
    expect([await priceOf(print, 24), await priceOf(cut, 24), await priceOf(cut, 26)]).toEqual([
      '2400',
      '0',
      '2400',
    ]);
  });

  it('keeps the minutes where there is nothing that they could pay', async () => {
    await someCredits(app, coop, member, await aCreditPack(app, coop, { minutes: 90, priceMinor: 700n }));
    const free = await aCell(app, print, { kind: 'free', name: 'Bench', hourlyRateMinor: 0n });
    const onBench = await aHold(app, member, free, hours(24, 8, 1), { useCredits: true });
    await aTariff(
      app,
      coop.admin,
      { coopId: coop.coopId },
      { classes: [{ memberClass: 'standard', percent: 0 }] },
    );
    const ofClass = await aHold(app, member, print, hours(24, 8, 1), { useCredits: true });
    for (const { id, priceMinor } of [onBench, ofClass]) {
      expect(priceMinor).toBe('0');
      expect((await confirm(id)).__typename).toBe('BookingConfirmed');
    }
    expect((await mine()).credits.edges[0]?.node).toMatchObject({ usedMinutes: 0, leftMinutes: 90 });
    expect(await books()).toEqual({ member_receivable: '700', prepaid_credits: '-700' });
  });

  it('turns what is left of expired credits into revenue, after the last hold on them, once', async () => {
    const expire = app.nest.get(ExpireCredits, { strict: false });
    await someCredits(
      app,
      coop,
      member,
      await aCreditPack(app, coop, { minutes: 90, priceMinor: 700n, validDays: 1 }),
    );
    const booked = await aHold(app, member, print, hours(23, 12, 1), { useCredits: true });
    await confirm(booked.id);
    await pass(24 * 60 - 1);
    // Held in the last minute of the credits, for a start before their end.
    const ending = [at(24, 7), at(24, 8)] as const;
    expect((await askForSlot(app, member, print, ending, { useCredits: true })).booking?.priceMinor).toBe(
      '2400',
    );
    await app.clock.step(60_000);
    await Promise.all([expire.run(), expire.run(), expire.run()]);
    expect(await books()).toEqual({ booking_revenue: '-700', member_receivable: '700' });
    expect((await mine()).credits.edges[0]?.node.leftMinutes).toBe(0);
    const posted = await app.database.query(
      `SELECT kind FROM ledger_transaction WHERE coop_id = $1 AND kind = 'credits_expired'`,
      [coop.coopId],
    );
    expect(posted).toHaveLength(1);
  });
});

describe('at once', () => {
  const twenty = (ask: (cell: TestCell, place: number) => ReturnType<typeof askForSlot>) =>
    Promise.all(Array.from({ length: 20 }, (_, place) => ask(place % 2 === 0 ? print : cut, place)));
  // Each of the twenty has a window of its own on one of two cells with four stations each.
  const window = (place: number) => hours(24 + Math.floor(place / 10), 8 + (place % 5), 1);
  const count = (answers: readonly { readonly __typename: string }[], kind: string): number =>
    answers.filter((answer) => answer.__typename === kind).length;

  it('never lets twenty holds at once over several cells pass a quota', async () => {
    await app.clock.step(1000);
    await quotas(app, coop, [weekly(420, null), weekly(300)]);
    await app.clock.step(1000);
    const answers = await twenty((cell, place) => askForSlot(app, member, cell, window(place)));
    expect([count(answers, 'SlotHeld'), count(answers, 'QuotaExceeded')]).toEqual([7, 13]);
    expect((await mine()).quotas.map((use) => use.usedMinutes)[0]).toBe(420);
  });

  it('never lets twenty holds at once over several cells use a minute twice', async () => {
    const early = await aCreditPack(app, coop, { minutes: 330, validDays: 10 });
    const late = await aCreditPack(app, coop, { minutes: 150, validDays: 20 });
    for (const packId of [early, late]) await someCredits(app, coop, member, packId);
    const answers = await twenty((cell, place) =>
      askForSlot(app, member, cell, window(place), { useCredits: true }),
    );
    expect(count(answers, 'SlotHeld')).toBe(20);
    // Eight hours are prepaid, twelve are not, at 24.00 an hour.
    const due = answers.reduce((sum, answer) => sum + Number(answer.booking?.priceMinor), 0);
    expect(due).toBe(12 * 2400);
    const uses = await app.database.query<{ minutes: string }>(
      `SELECT sum(used.minutes)::text AS minutes FROM credit_use AS used
        JOIN credit_grant AS pack ON pack.coop_id = used.coop_id AND pack.id = used.grant_id
       WHERE used.coop_id = $1 GROUP BY pack.minutes ORDER BY pack.minutes`,
      [coop.coopId],
    );
    expect(uses).toEqual([{ minutes: '150' }, { minutes: '330' }]);
    const confirmed = await Promise.all(answers.map((answer) => confirm(answer.booking?.id ?? '')));
    expect(count(confirmed, 'BookingConfirmed')).toBe(20);
    expect(await books()).toEqual({ booking_revenue: '-48800', member_receivable: '48800' });
    const cancelled = await Promise.all(answers.map((answer) => cancel(answer.booking?.id ?? '')));
    expect(count(cancelled, 'BookingCancelled')).toBe(20);
    expect(await books()).toEqual({ member_receivable: '20000', prepaid_credits: '-20000' });
  });

  it('sells one pack for one request that comes ten times, and ten for ten', async () => {
    const packId = await aCreditPack(app, coop, { priceMinor: 100n });
    const BUY = `mutation ($input: BuyCreditsInput!) { buyCredits(input: $input) { __typename } }`;
    const requestId = randomUUID();
    const buy = (input: object) =>
      app.gql(BUY, { input: { coopId: coop.coopId, packId, requestId, ...input } }, member);
    await Promise.all(Array.from({ length: 10 }, () => buy({})));
    expect(await books()).toEqual({ member_receivable: '100', prepaid_credits: '-100' });
    await Promise.all(Array.from({ length: 10 }, () => buy({ requestId: randomUUID() })));
    expect(await books()).toEqual({ member_receivable: '1100', prepaid_credits: '-1100' });
  });
});

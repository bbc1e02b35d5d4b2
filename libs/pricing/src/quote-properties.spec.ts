import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { priceOfMinutes } from '@touchmark/money';
import { decideTariff, leastPrice, NO_TARIFF, quotePrice, type QuoteRequest, type Tariff } from './index.js';

const MINUTE = 60_000;

const percent = fc.integer({ min: 0, max: 1000 });
const curveStarts = (max: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max }), { maxLength: 5 }).map((starts) => starts.sort((a, b) => a - b));

// Bands of an hour at random hours never overlap.
const bands = fc.uniqueArray(fc.integer({ min: 0, max: 167 }), { maxLength: 40 }).chain((hours) =>
  fc.tuple(...hours.map((hour) => percent.map((each) => ({ hour, percent: each })))).map((rows) =>
    rows.map((row) => ({
      weekday: Math.floor(row.hour / 24) + 1,
      fromMinute: (row.hour % 24) * 60,
      toMinute: (row.hour % 24) * 60 + 60,
      percent: row.percent,
      label: `Rate ${row.percent}`,
    })),
  ),
);

const bounds = fc.tuple(percent, percent).map(([a, b]) => ({
  floorPercent: Math.min(a, b),
  ceilingPercent: Math.max(a, b),
}));

const tariffs: fc.Arbitrary<Tariff> = fc
  .record({
    bands,
    enabled: fc.boolean(),
    uses: curveStarts(100),
    leads: curveStarts(400),
    percents: fc.array(percent, { minLength: 10, maxLength: 10 }),
    bounds,
    student: percent,
    peerPercent: percent,
    charge: fc.boolean(),
    hourlyPercent: percent,
  })
  .map(({ uses, leads, percents, ...rest }) => ({
    bands: rest.bands,
    load: {
      enabled: rest.enabled,
      utilisation: uses.map((atPercent, index) => ({ atPercent, percent: percents[index] ?? 100 })),
      leadTime: leads.map((hours, index) => ({ hours, percent: percents[index + 5] ?? 100 })),
      ...rest.bounds,
    },
    classes: [{ memberClass: 'student', percent: rest.student }],
    peerPercent: rest.peerPercent,
    changeover: { charge: rest.charge, hourlyPercent: rest.hourlyPercent },
  }));

const requests: fc.Arbitrary<QuoteRequest> = fc
  .record({
    tariff: tariffs,
    hourlyRateMinor: fc.bigInt({ min: 0n, max: 100_000_000n }),
    startMinute: fc.integer({ min: 29_000_000, max: 30_000_000 }),
    minutes: fc.integer({ min: 1, max: 2880 }),
    zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
    utilisationPercent: fc.integer({ min: 0, max: 100 }),
    leadMinutes: fc.integer({ min: 0, max: 30_000 }),
    buyer: fc.constantFrom<QuoteRequest['buyer']>(
      { kind: 'peer' },
      { kind: 'member', class: 'student' },
      { kind: 'member', class: 'standard' },
    ),
    marginal: fc.record({
      minutes: fc.integer({ min: -240, max: 240 }),
      costMinor: fc.bigInt({ min: -100_000n, max: 100_000n }),
    }),
    credit: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ startMinute, minutes, credit, ...rest }) => ({
    ...rest,
    window: { fromAt: startMinute * MINUTE, toAt: (startMinute + minutes) * MINUTE },
    creditMinutes: Math.floor((minutes * credit) / 100),
  }));

describe('every quote', () => {
  it('has lines that sum to a total which is never negative', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(decideTariff(request.tariff).kind).toBe('TariffAccepted');
        const { lines: rows, totalMinor } = quotePrice(request);
        expect(rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(totalMinor);
        expect(totalMinor >= 0n).toBe(true);
      }),
    );
  });

  it('is priceOfMinutes without a tariff, whatever the time and the load', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { totalMinor } = quotePrice({ ...request, tariff: NO_TARIFF, creditMinutes: 0 });
        const minutes = (request.window.toAt - request.window.fromAt) / MINUTE;
        expect(totalMinor).toBe(priceOfMinutes(request.hourlyRateMinor, minutes));
      }),
    );
  });

  it('keeps bands and load between floor and ceiling of the base rate', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plain: QuoteRequest = {
          ...request,
          tariff: { ...request.tariff, load: { ...request.tariff.load, enabled: true } },
          buyer: { kind: 'member', class: 'standard' },
          marginal: { minutes: 0, costMinor: 0n },
          creditMinutes: 0,
        };
        const total = quotePrice(plain).totalMinor * 6000n;
        const minutes = BigInt((request.window.toAt - request.window.fromAt) / MINUTE);
        const { floorPercent, ceilingPercent } = request.tariff.load;
        const bound = (of: number): bigint => request.hourlyRateMinor * minutes * BigInt(of);
        expect(total >= bound(floorPercent) - 3000n && total <= bound(ceilingPercent) + 3000n).toBe(true);
      }),
    );
  });

  it('is never cheaper on a fuller day when the curve rises', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 0, max: 100 }), (request, other) => {
        const { load: curve } = request.tariff;
        const percents = curve.utilisation.map((point) => point.percent).sort((a, b) => a - b);
        // Before its first point a curve asks 100, so a rising one starts there or above.
        const utilisation = curve.utilisation.map(({ atPercent }, index) => ({
          atPercent,
          percent: Math.max(100, percents[index] ?? 100),
        }));
        const tariff = { ...request.tariff, load: { ...curve, enabled: true, utilisation } };
        const [less, more] = [other, request.utilisationPercent]
          .sort((a, b) => a - b)
          .map((utilisationPercent) => quotePrice({ ...request, tariff, utilisationPercent }).totalMinor);
        expect((more ?? 0n) >= (less ?? 0n)).toBe(true);
      }),
    );
  });

  it('is never below the least price of its length', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { tariff, hourlyRateMinor, buyer, window: whole } = request;
        if (buyer.kind === 'peer') return;
        const minutes = (whole.toAt - whole.fromAt) / MINUTE;
        const least = leastPrice({ tariff, hourlyRateMinor, minutes, memberClass: buyer.class });
        const { totalMinor } = quotePrice({ ...request, creditMinutes: 0 });
        expect(totalMinor >= least).toBe(true);
        expect(leastPrice({ tariff, hourlyRateMinor, minutes, memberClass: null }) <= least).toBe(true);
      }),
    );
  });

  it('is the least price where nothing makes it dearer', () => {
    const tariff = { ...NO_TARIFF, classes: [{ memberClass: 'student', percent: 50 }] };
    const asked = { tariff, hourlyRateMinor: 2400n, minutes: 90 };
    expect(leastPrice({ ...asked, memberClass: 'student' })).toBe(1800n);
    expect(leastPrice({ ...asked, memberClass: 'standard' })).toBe(3600n);
  });

  it('does not depend on how many bands the same hours are written in', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const halves = request.tariff.bands.flatMap((band) => [
          { ...band, toMinute: band.fromMinute + 25 },
          { ...band, fromMinute: band.fromMinute + 25 },
        ]);
        const cut = { ...request, tariff: { ...request.tariff, bands: halves.reverse() } };
        expect(quotePrice(cut).totalMinor).toBe(quotePrice(request).totalMinor);
      }),
    );
  });

  it('costs in two bookings what it costs in one, to the cent that rounding twice can make', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 99 }), (request, cut) => {
        const { window: whole } = request;
        const minutes = (whole.toAt - whole.fromAt) / MINUTE;
        const middleAt = whole.fromAt + Math.floor((minutes * cut) / 100) * MINUTE;
        const tariff = { ...request.tariff, load: NO_TARIFF.load };
        const total = (part: QuoteRequest['window']): bigint =>
          quotePrice({
            ...request,
            tariff,
            window: part,
            marginal: { minutes: 0, costMinor: 0n },
            creditMinutes: 0,
          }).totalMinor;
        const parts = total({ ...whole, toAt: middleAt }) + total({ ...whole, fromAt: middleAt });
        const apart = parts - total(whole);
        expect(apart >= -1n && apart <= 1n).toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { NO_TARIFF, quotePrice, type QuoteRequest, type Tariff } from './index.js';

const at = (text: string): number => Date.parse(text);
const window = (from: string, to: string): QuoteRequest['window'] => ({ fromAt: at(from), toAt: at(to) });

// Monday 2026-11-23, 09:00 to 11:00 in Berlin at 24.00 an hour.
const twoHours: QuoteRequest = {
  tariff: NO_TARIFF,
  hourlyRateMinor: 2400n,
  window: window('2026-11-23T08:00Z', '2026-11-23T10:00Z'),
  zone: 'Europe/Berlin',
  utilisationPercent: 0,
  leadMinutes: 0,
  buyer: { kind: 'member', class: 'standard' },
  marginal: { minutes: 0, costMinor: 0n },
  creditMinutes: 0,
};

const evening = { weekday: 1, fromMinute: 600, toMinute: 1440, percent: 150, label: 'Late' };
const early = { weekday: 1, fromMinute: 0, toMinute: 570, percent: 50, label: 'Early' };
const load = {
  enabled: true,
  utilisation: [{ atPercent: 50, percent: 120 }],
  leadTime: [{ hours: 48, percent: 90 }],
  floorPercent: 0,
  ceilingPercent: 1000,
};

const lines = (request: Partial<QuoteRequest>, tariff: Partial<Tariff> = {}): unknown[] =>
  quotePrice({ ...twoHours, tariff: { ...NO_TARIFF, ...tariff }, ...request }).lines.map(
    ({ code, minutes, amountMinor }) => [code, minutes, amountMinor],
  );

describe('a quote', () => {
  it('is the base rate alone without a tariff', () => {
    expect(quotePrice(twoHours)).toEqual({
      lines: [{ code: 'base', label: 'Base rate', minutes: 120, amountMinor: 4800n }],
      totalMinor: 4800n,
    });
  });

  it('splits a booking over the bands that it spans', () => {
    expect(lines({}, { bands: [evening, early] })).toEqual([
      ['base', 120, 4800n],
      ['quiet', 30, -600n],
      ['peak', 60, 1200n],
    ]);
  });

  it('puts load on the time, by utilisation and lead time together', () => {
    const full = { utilisationPercent: 50, leadMinutes: 48 * 60 };
    expect(lines(full, { load })).toEqual([
      ['base', 120, 4800n],
      ['load', null, 384n],
    ]);
    expect(lines({ utilisationPercent: 49, leadMinutes: 48 * 60 - 1 }, { load })).toEqual([
      ['base', 120, 4800n],
    ]);
    expect(lines(full, { load: { ...load, enabled: false } })).toEqual([['base', 120, 4800n]]);
  });

  it('brings bands and load back to the floor and the ceiling of the base rate', () => {
    const bounded = { ...load, floorPercent: 80, ceilingPercent: 130 };
    const peak = { ...evening, fromMinute: 0 };
    expect(lines({ utilisationPercent: 60 }, { bands: [peak], load: bounded })).toEqual([
      ['base', 120, 4800n],
      ['peak', 120, 2400n],
      ['load', null, 1440n],
      ['bound', null, -2400n],
    ]);
    expect(lines({}, { bands: [{ ...peak, percent: 20 }], load: bounded })).toEqual([
      ['base', 120, 4800n],
      ['quiet', 120, -3840n],
      ['bound', null, 2880n],
    ]);
  });

  it('gives a class and a peer their rate on all of the time', () => {
    const rates = { bands: [evening], classes: [{ memberClass: 'student', percent: 50 }], peerPercent: 140 };
    expect(lines({ buyer: { kind: 'member', class: 'student' } }, rates)).toEqual([
      ['base', 120, 4800n],
      ['peak', 60, 1200n],
      ['class', null, -3000n],
    ]);
    expect(lines({ buyer: { kind: 'member', class: 'standard' } }, rates)).toHaveLength(2);
    expect(lines({ buyer: { kind: 'peer' } }, rates).at(-1)).toEqual(['peer', null, 2400n]);
  });

  it('charges a changeover that it causes and credits one that it saves, down to nothing', () => {
    const changeover = { charge: true, hourlyPercent: 50 };
    const charged = { marginal: { minutes: 30, costMinor: 700n } };
    expect(lines(charged, { changeover })).toEqual([
      ['base', 120, 4800n],
      ['changeover', 30, 1300n],
    ]);
    expect(lines({ marginal: { minutes: -30, costMinor: -700n } }, { changeover }).at(-1)).toEqual([
      'changeover',
      -30,
      -1300n,
    ]);
    expect(lines({ marginal: { minutes: -30, costMinor: -70_000n } }, { changeover }).at(-1)).toEqual([
      'changeover',
      -30,
      -4800n,
    ]);
    expect(lines(charged)).toEqual([['base', 120, 4800n]]);
  });

  it('takes prepaid minutes off by their part of the time, peak included', () => {
    expect(lines({ creditMinutes: 60 }, { bands: [evening] }).at(-1)).toEqual(['credit', 60, -3000n]);
    expect(quotePrice({ ...twoHours, creditMinutes: 120 }).totalMinor).toBe(0n);
  });

  it.each([
    ['Europe/Berlin', 'in autumn', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 7, 120],
    ['Europe/Berlin', 'in spring', '2026-03-28T23:00Z', '2026-03-29T22:00Z', 7, 0],
    ['America/New_York', 'in autumn', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 7, 60],
    ['Australia/Lord_Howe', 'in autumn', '2026-04-04T13:00Z', '2026-04-05T13:30Z', 7, 60],
    ['Australia/Lord_Howe', 'in spring', '2026-10-03T13:30Z', '2026-10-04T13:00Z', 7, 30],
  ])(
    'counts the band from 02:00 to 03:00 in %s %s as the clocks show it',
    (zone, _when, from, to, weekday, minutes) => {
      const band = { weekday, fromMinute: 120, toMinute: 180, percent: 200, label: 'Night' };
      const night = lines({ zone, window: window(from, to) }, { bands: [band] }).slice(1);
      expect(night).toEqual(minutes === 0 ? [] : [['peak', minutes, 40n * BigInt(minutes)]]);
    },
  );

  it('counts a band before and after midnight on its own days', () => {
    const bands = [
      { weekday: 7, fromMinute: 1380, toMinute: 1440, percent: 200, label: 'Sunday' },
      { weekday: 1, fromMinute: 0, toMinute: 60, percent: 300, label: 'Monday' },
    ];
    const overMidnight = window('2026-11-22T21:30Z', '2026-11-23T00:30Z');
    expect(lines({ window: overMidnight }, { bands }).slice(1)).toEqual([
      ['peak', 60, 2400n],
      ['peak', 60, 4800n],
    ]);
  });

  it.each([
    [{ creditMinutes: 121 }, 'credit minutes'],
    [{ creditMinutes: -1 }, 'credit minutes'],
    [{ hourlyRateMinor: -1n }, 'have no price'],
    [{ window: { fromAt: 0, toAt: 30_000 } }, 'have no price'],
    [{ marginal: { minutes: 0.5, costMinor: 0n } }, 'whole minutes'],
  ])('is refused to code that passes %j', (wrong, message) => {
    expect(() => quotePrice({ ...twoHours, ...wrong })).toThrow(message);
  });
});

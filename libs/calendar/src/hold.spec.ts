import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  chooseStation,
  contains,
  decideHold,
  liveClaims,
  overlaps,
  type HoldRequest,
  type Window,
} from './index.js';

const at = (text: string): number => Date.parse(`2026-06-${text}:00Z`);
const span = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
const booked = (from: string, to: string) => ({ ...span(from, to), expiresAt: null });
const held = (from: string, to: string, expires: string) => ({ ...span(from, to), expiresAt: at(expires) });

/** Monday 1 June 2026, 06:00 UTC; open 08:00 to 18:00 UTC on the 1st and 2nd. */
const base: HoldRequest = {
  now: at('01T06:00'),
  window: span('01T10:00', '01T12:00'),
  zone: 'Europe/Berlin',
  gridMinutes: 30,
  maxMinutes: 480,
  horizonAt: at('03T00:00'),
  open: [span('01T08:00', '01T18:00'), span('02T08:00', '02T18:00')],
  memberHoldsExpireAt: [],
  holdLimit: 3,
  holdMinutes: 15,
  stations: [{ stationId: 'a', claims: [] }],
  hourlyRateMinor: 2400n,
  maxPriceMinor: null,
};
const decide = (change: Partial<HoldRequest>) => decideHold({ ...base, ...change });

describe('a hold', () => {
  it('is given with its station, its price and the moment it lapses', () => {
    expect(decide({})).toEqual({
      kind: 'HoldAccepted',
      stationId: 'a',
      priceMinor: 4800n,
      expiresAt: at('01T06:15'),
    });
  });

  it.each<[string, Partial<HoldRequest>]>([
    ['starts this moment', { now: at('01T10:00') }],
    ['fills the open time', { window: span('01T08:00', '01T18:00'), maxMinutes: 600 }],
    [
      'touches its neighbours',
      {
        stations: [
          { stationId: 'a', claims: [booked('01T08:00', '01T10:00'), booked('01T12:00', '01T13:00')] },
        ],
      },
    ],
    [
      'meets a hold that lapses this moment',
      { stations: [{ stationId: 'a', claims: [held('01T10:00', '01T12:00', '01T06:00')] }] },
    ],
    ['costs exactly the most allowed', { maxPriceMinor: 4800n }],
    [
      'is the third while one of three lapses this moment',
      { memberHoldsExpireAt: [at('01T06:00'), at('01T06:01'), at('01T06:02')] },
    ],
    ['ends at the horizon', { horizonAt: at('01T12:00') }],
  ])('is given when it %s', (_, change) => {
    expect(decide(change).kind).toBe('HoldAccepted');
  });

  it.each<[string, Partial<HoldRequest>, object]>([
    [
      'ends before it starts',
      { window: span('01T12:00', '01T10:00') },
      { kind: 'WindowInvalid', reason: 'ENDS_BEFORE_START' },
    ],
    [
      'has no length',
      { window: span('01T10:00', '01T10:00') },
      { kind: 'WindowInvalid', reason: 'ENDS_BEFORE_START' },
    ],
    [
      'starts off the grid',
      { window: span('01T10:10', '01T12:00') },
      { kind: 'WindowInvalid', reason: 'OFF_GRID' },
    ],
    [
      'ends off the grid',
      { window: span('01T10:00', '01T12:10') },
      { kind: 'WindowInvalid', reason: 'OFF_GRID' },
    ],
    ['is too long', { maxMinutes: 90 }, { kind: 'WindowInvalid', reason: 'TOO_LONG' }],
    ['is too far ahead', { horizonAt: at('01T11:59') }, { kind: 'WindowInvalid', reason: 'BEYOND_HORIZON' }],
    [
      'is no time',
      { window: { fromAt: Number.NaN, toAt: at('01T12:00') } },
      { kind: 'WindowInvalid', reason: 'NOT_AN_INSTANT' },
    ],
    [
      'is beyond all time',
      { window: { fromAt: 9e15, toAt: 9.001e15 } },
      { kind: 'WindowInvalid', reason: 'NOT_AN_INSTANT' },
    ],
    ['starts in the past', { now: at('01T10:00') + 1 }, { kind: 'WindowInPast', now: at('01T10:00') + 1 }],
    [
      'is before opening',
      { window: span('01T07:00', '01T09:00') },
      { kind: 'OutsideOpeningHours', nextOpen: at('01T08:00') },
    ],
    [
      'crosses the closing',
      { window: span('01T17:00', '01T19:00') },
      { kind: 'OutsideOpeningHours', nextOpen: at('02T08:00') },
    ],
    [
      'is after the last closing',
      { window: span('02T17:00', '02T19:00') },
      { kind: 'OutsideOpeningHours', nextOpen: null },
    ],
    [
      'is the member’s fourth',
      { memberHoldsExpireAt: [1, 2, 3].map((n) => at('01T06:00') + n) },
      { kind: 'HoldLimitReached', limit: 3 },
    ],
    ['costs more than allowed', { maxPriceMinor: 4799n }, { kind: 'PriceAboveMax', priceMinor: 4800n }],
    [
      'meets a booking',
      { stations: [{ stationId: 'a', claims: [booked('01T11:30', '01T13:00')] }] },
      { kind: 'SlotTaken', freeFrom: at('01T13:00') },
    ],
    [
      'meets a live hold',
      { stations: [{ stationId: 'a', claims: [held('01T10:00', '01T11:00', '01T06:01')] }] },
      { kind: 'SlotTaken', freeFrom: at('01T11:00') },
    ],
    [
      'meets a full day',
      { stations: [{ stationId: 'a', claims: [booked('01T08:00', '01T17:00')] }] },
      { kind: 'SlotTaken', freeFrom: at('02T08:00') },
    ],
    [
      'finds nothing up to the horizon',
      { stations: [{ stationId: 'a', claims: [booked('01T08:00', '02T17:00')] }] },
      { kind: 'SlotTaken', freeFrom: null },
    ],
    ['has no station', { stations: [] }, { kind: 'SlotTaken', freeFrom: null }],
  ])('is refused when it %s', (_, change, expected) => {
    expect(decide(change)).toMatchObject({ ...expected, message: expect.stringMatching(/\. \w.*\.$/) });
  });

  it('names the earliest free start among several stations', () => {
    const stations = [
      { stationId: 'a', claims: [booked('01T10:00', '01T15:00')] },
      { stationId: 'b', claims: [booked('01T11:00', '01T13:30')] },
    ];
    expect(decide({ stations })).toMatchObject({ kind: 'SlotTaken', freeFrom: at('01T13:30') });
  });

  it('prices the minutes that pass, also over a clock change', () => {
    const night = { fromAt: Date.parse('2026-03-29T00:00Z'), toAt: Date.parse('2026-03-29T02:00Z') };
    const change = { window: night, open: [night], now: night.fromAt, horizonAt: night.toAt };
    expect(decide(change)).toMatchObject({ kind: 'HoldAccepted', priceMinor: 4800n });
  });

  it('only ever gives what is open and free, and the free start it names is given when asked for', () => {
    const claim = fc.record({
      from: fc.nat(90),
      length: fc.integer({ min: 1, max: 12 }),
      expires: fc.option(fc.integer({ min: -5, max: 5 })),
    });
    const cases = fc.record({
      stations: fc.array(fc.array(claim, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      from: fc.nat(90),
      length: fc.integer({ min: 1, max: 12 }),
    });
    const step = 30 * 60_000;
    fc.assert(
      fc.property(cases, ({ stations, from, length }) => {
        const start = at('01T00:00');
        const request: HoldRequest = {
          ...base,
          now: start,
          window: { fromAt: start + from * step, toAt: start + (from + length) * step },
          stations: stations.map((claims, index) => ({
            stationId: `s${index}`,
            claims: claims.map((one) => ({
              fromAt: start + one.from * step,
              toAt: start + (one.from + one.length) * step,
              expiresAt: one.expires === null ? null : start + one.expires,
            })),
          })),
        };
        const decision = decideHold(request);
        if (decision.kind === 'HoldAccepted') {
          const station = request.stations.find(({ stationId }) => stationId === decision.stationId);
          expect(request.open.some((hours) => contains(hours, request.window))).toBe(true);
          expect(liveClaims(station?.claims ?? [], start).some((one) => overlaps(one, request.window))).toBe(
            false,
          );
        } else if (decision.kind === 'SlotTaken' || decision.kind === 'OutsideOpeningHours') {
          const next = decision.kind === 'SlotTaken' ? decision.freeFrom : decision.nextOpen;
          if (next === null) return;
          expect(next >= request.window.fromAt).toBe(true);
          const again = decideHold({ ...request, window: { fromAt: next, toAt: next + length * step } });
          const given = decision.kind === 'SlotTaken' ? ['HoldAccepted'] : ['HoldAccepted', 'SlotTaken'];
          expect(given).toContain(again.kind);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the choice of a station', () => {
  const window = span('01T10:00', '01T12:00');
  const choose = (stations: Record<string, Window[]>, now = at('01T06:00')) =>
    chooseStation(
      Object.entries(stations).map(([stationId, free]) => ({ stationId, free })),
      window,
      now,
    );

  it.each<[string, Record<string, Window[]>, string | null]>([
    ['an exact fit before a neat edge', { a: [span('01T10:00', '01T18:00')], b: [window] }, 'b'],
    [
      'a neat edge before the middle of a gap',
      { a: [span('01T09:00', '01T13:00')], b: [span('01T10:00', '01T18:00')] },
      'b',
    ],
    [
      'the smaller gap of two alike',
      { a: [span('01T08:00', '01T18:00')], b: [span('01T09:00', '01T13:00')] },
      'b',
    ],
    ['the smaller id when all is equal', { b: [window], a: [window] }, 'a'],
    ['nothing when none is free', { a: [span('01T10:30', '01T18:00')] }, null],
  ])('takes %s', (_, stations, expected) => {
    expect(choose(stations)).toBe(expected);
  });

  it('counts time before now as lost, not as a remainder', () => {
    const stations = { a: [span('01T10:00', '01T13:00')], b: [span('01T08:00', '01T12:00')] };
    expect(choose(stations)).toBe('a');
    expect(choose(stations, at('01T10:00'))).toBe('b');
  });
});

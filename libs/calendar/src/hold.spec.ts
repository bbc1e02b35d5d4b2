import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  changeoverMatrix,
  contains,
  decideHold,
  isLive,
  nextOpening,
  nextPlacements,
  overlaps,
  type HoldRequest,
  type StationClaim,
  type StationTimeline,
  type Window,
} from './index.js';

const at = (text: string): number => Date.parse(`2026-06-${text}:00Z`);
const span = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
const booked = (from: string, to: string): StationClaim => ({
  ...{ ...span(from, to), id: `${from} ${to}`, family: null, expiresAt: null },
});
const held = (from: string, to: string, expires: string): StationClaim => ({
  ...booked(from, to),
  expiresAt: at(expires),
});
const OPEN = [span('01T08:00', '01T18:00'), span('02T08:00', '02T18:00')];
const station = (
  claims: StationClaim[],
  stationId = 'a',
  open: readonly Window[] = OPEN,
): StationTimeline => ({
  ...{ stationId, number: stationId.charCodeAt(0) - 96, open, familyBefore: null, busyUntil: null, claims },
});

/** Monday 1 June 2026, 06:00 UTC; open 08:00 to 18:00 UTC on the 1st and 2nd. */
const base: HoldRequest = {
  now: at('01T06:00'),
  window: span('01T10:00', '01T12:00'),
  zone: 'Europe/Berlin',
  gridMinutes: 30,
  maxMinutes: 480,
  horizonAt: at('03T00:00'),
  family: null,
  matrix: changeoverMatrix([], []),
  memberHoldsExpireAt: [],
  holdLimit: 3,
  holdMinutes: 15,
  stations: [station([])],
};
const decide = (change: Partial<HoldRequest>) => decideHold({ ...base, ...change });

describe('a hold', () => {
  it('is given with its station, why it is this one, and the moment it lapses', () => {
    expect(decide({})).toEqual({
      kind: 'HoldAccepted',
      placement: {
        ...{ stationId: 'a', claimFromAt: at('01T10:00'), successor: null },
        ...{ changeover: { minutes: 0, costMinor: 0n }, marginal: { minutes: 0, costMinor: 0n } },
      },
      because: 'Station 1 can take the window.',
      expiresAt: at('01T06:15'),
    });
  });

  it.each<[string, Partial<HoldRequest>]>([
    ['starts this moment', { now: at('01T10:00') }],
    ['fills the open time', { window: span('01T08:00', '01T18:00'), maxMinutes: 600 }],
    [
      'touches its neighbours',
      {
        stations: [station([booked('01T08:00', '01T10:00'), booked('01T12:00', '01T13:00')], 'a')],
      },
    ],
    [
      'meets a hold that lapses this moment',
      { stations: [station([held('01T10:00', '01T12:00', '01T06:00')], 'a')] },
    ],
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
    ['is before opening', { window: span('01T07:00', '01T09:00') }, { kind: 'OutsideOpeningHours' }],
    ['crosses the closing', { window: span('01T17:00', '01T19:00') }, { kind: 'OutsideOpeningHours' }],
    ['is after the last closing', { window: span('02T17:00', '02T19:00') }, { kind: 'OutsideOpeningHours' }],
    [
      'is the member’s fourth',
      { memberHoldsExpireAt: [1, 2, 3].map((n) => at('01T06:00') + n) },
      { kind: 'HoldLimitReached', limit: 3 },
    ],
    [
      'meets a booking',
      { stations: [station([booked('01T11:30', '01T13:00')], 'a')] },
      { kind: 'SlotTaken' },
    ],
    [
      'meets a live hold',
      { stations: [station([held('01T10:00', '01T11:00', '01T06:01')], 'a')] },
      { kind: 'SlotTaken' },
    ],
    [
      'meets a full day',
      { stations: [station([booked('01T08:00', '01T17:00')], 'a')] },
      { kind: 'SlotTaken' },
    ],
    [
      'finds nothing up to the horizon',
      { stations: [station([booked('01T08:00', '02T17:00')], 'a')] },
      { kind: 'SlotTaken' },
    ],
    ['has no station', { stations: [] }, { kind: 'OutsideOpeningHours' }],
  ])('is refused when it %s', (_, change, expected) => {
    expect(decide(change)).toMatchObject({ ...expected, message: expect.stringMatching(/\. \w.*\.$/) });
  });

  it.each<[string, Window, number | null]>([
    ['before opening', span('01T07:00', '01T09:00'), at('01T08:00')],
    ['across the closing', span('01T17:00', '01T19:00'), at('02T08:00')],
    ['after the last closing', span('02T17:00', '02T19:00'), null],
  ])('that would stand %s is told when the same length is open next', (_, window, expected) => {
    expect(nextOpening({ ...base, window, stations: [station([booked('02T08:00', '02T12:00')])] })).toBe(
      expected,
    );
  });

  it('goes to the station that needs the least changeover, and says so', () => {
    const matrix = changeoverMatrix(['red', 'blue'], [{ from: '*', to: '*', minutes: 30, costMinor: 0n }]);
    const stations = [
      { ...station([], 'a'), familyBefore: 'red', busyUntil: at('01T09:00') },
      { ...station([], 'b'), familyBefore: 'blue', busyUntil: at('01T09:00') },
    ];
    expect(decide({ matrix, family: 'blue', stations })).toMatchObject({
      placement: { stationId: 'b', claimFromAt: at('01T10:00') },
      because:
        'Station 2 is ready for blue; any other that is free needs at least 30 minutes more of changeover.',
    });
    expect(decide({ matrix, family: 'blue', stations: stations.slice(0, 1) })).toMatchObject({
      placement: { stationId: 'a', claimFromAt: at('01T09:30') },
    });
  });

  it('only ever gives what is open and free, and what is offered instead is given when asked for', () => {
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
          stations: stations.map((claims, index) =>
            station(withoutOverlaps(claims, start, step), `s${index}`),
          ),
        };
        const { window, zone, gridMinutes, horizonAt, matrix, now } = request;
        const decision = decideHold(request);
        if (decision.kind === 'HoldAccepted') {
          const chosen = request.stations.find((one) => one.stationId === decision.placement.stationId);
          expect(OPEN.some((hours) => contains(hours, window))).toBe(true);
          const live = chosen?.claims.filter((one) => isLive(one, start)) ?? [];
          expect(live.some((one) => overlaps(one, window))).toBe(false);
        } else if (decision.kind === 'SlotTaken') {
          const [next] = nextPlacements(
            request.stations,
            matrix,
            null,
            length * 30,
            window.fromAt,
            horizonAt,
            zone,
            gridMinutes,
            now,
            1,
          );
          if (next === undefined) return;
          expect(next.fromAt >= window.fromAt).toBe(true);
          expect(decideHold({ ...request, window: next }).kind).toBe('HoldAccepted');
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Claims as a station can have them: of live ones that would overlap only the first. */
function withoutOverlaps(
  claims: readonly { from: number; length: number; expires: number | null }[],
  start: number,
  step: number,
): StationClaim[] {
  const kept: StationClaim[] = [];
  for (const { from, length, expires } of claims) {
    const window = { fromAt: start + from * step, toAt: start + (from + length) * step };
    const expiresAt = expires === null ? null : start + expires;
    const id = String(kept.length);
    if (!kept.some((one) => overlaps(one, window))) kept.push({ ...window, id, family: null, expiresAt });
  }
  return kept;
}

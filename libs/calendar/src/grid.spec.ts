import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  contains,
  firstFit,
  gridWindows,
  isGrid,
  mergeWindows,
  MINUTE_MS,
  onGrid,
  windowMinutes,
} from './index.js';

const at = (text: string): number => Date.parse(text);
const changes = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z'].map(at);
const show = (windows: readonly { fromAt: number; toAt: number }[]): string[] =>
  windows.map(({ fromAt, toAt }) =>
    [fromAt, toAt].map((time) => new Date(time).toISOString().slice(5, 16)).join(' '),
  );

describe('the grid', () => {
  it('divides the day into whole minutes', () => {
    expect([5, 15, 30, 60, 90, 1440].every(isGrid)).toBe(true);
    expect([0, 1, 7, 50, 7.5, -15, 2880, Number.NaN].some(isGrid)).toBe(false);
    expect(() => onGrid('UTC', 7, 0)).toThrow('does not divide the day');
  });

  it.each([
    ['Europe/Berlin', 60, '2026-06-01T08:00:00Z', true],
    ['Europe/Berlin', 60, '2026-06-01T08:30:00Z', false],
    ['Europe/Berlin', 30, '2026-06-01T08:30:00.001Z', false],
    ['Asia/Kathmandu', 60, '2026-06-01T08:15:00Z', true],
    ['Asia/Kathmandu', 60, '2026-06-01T08:00:00Z', false],
    ['Australia/Lord_Howe', 60, '2026-06-01T08:30:00Z', true],
    ['Australia/Lord_Howe', 60, '2026-12-01T08:00:00Z', true],
  ])(
    'in %s every %s minutes at %s: %s, because the clocks on the wall count',
    (zone, grid, instant, expected) => {
      expect(onGrid(zone, grid, at(instant))).toBe(expected);
    },
  );

  it('cuts free windows to what can be booked', () => {
    const free = { fromAt: at('2026-06-01T08:05Z'), toAt: at('2026-06-01T10:25Z') };
    expect(show(gridWindows('Europe/Berlin', 30, [free]))).toEqual(['06-01T08:30 06-01T10:00']);
    expect(gridWindows('Europe/Berlin', 1440, [free])).toEqual([]);
  });

  it('goes through a clock change that fits the grid and stops at one that does not', () => {
    const night = { fromAt: at('2026-03-28T23:00Z'), toAt: at('2026-03-29T04:00Z') };
    expect(show(gridWindows('Europe/Berlin', 60, [night]))).toEqual(['03-28T23:00 03-29T04:00']);
    const lordHowe = { fromAt: at('2026-10-03T13:30Z'), toAt: at('2026-10-03T18:00Z') };
    expect(show(gridWindows('Australia/Lord_Howe', 30, [lordHowe]))).toEqual(['10-03T13:30 10-03T18:00']);
    expect(show(gridWindows('Australia/Lord_Howe', 60, [lordHowe]))).toEqual([
      '10-03T13:30 10-03T14:30',
      '10-03T16:00 10-03T18:00',
    ]);
  });

  it('gives windows inside the free ones, on the grid at every step', () => {
    const cases = fc.record({
      zone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      grid: fc.constantFrom(5, 15, 60, 120, 360),
      // Half of the windows end within hours of a clock change, where the grid is hardest.
      fromAt: fc.oneof(
        fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2026-12-01T00:00Z') }),
        fc
          .tuple(fc.constantFrom(...changes), fc.integer({ min: -2880, max: 0 }))
          .map(([change, minutes]) => change + minutes * MINUTE_MS),
      ),
      minutes: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 3000 })),
    });
    fc.assert(
      fc.property(cases, ({ zone, grid, fromAt, minutes }) => {
        const free = { fromAt, toAt: fromAt + minutes * MINUTE_MS };
        for (const window of gridWindows(zone, grid, [free])) {
          expect(contains(free, window)).toBe(true);
          expect(windowMinutes(window) % grid).toBe(0);
          expect(onGrid(zone, grid, window.toAt)).toBe(true);
          const step = Math.max(1, Math.floor(windowMinutes(window) / grid / 40)) * grid * MINUTE_MS;
          for (let time = window.fromAt; time < window.toAt; time += step) {
            expect(onGrid(zone, grid, time)).toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is the same for many windows together as for each of them alone', () => {
    const cases = fc.record({
      zone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      grid: fc.constantFrom(15, 60, 120),
      change: fc.constantFrom(...changes),
      edges: fc.uniqueArray(fc.integer({ min: -40_000, max: 40_000 }), { minLength: 2, maxLength: 30 }),
    });
    fc.assert(
      fc.property(cases, ({ zone, grid, change, edges }) => {
        const times = edges.sort((a, b) => a - b).map((minutes) => change + minutes * MINUTE_MS);
        const windows = times.flatMap((fromAt, index) =>
          index % 2 === 0 ? [{ fromAt, toAt: times[index + 1] ?? fromAt }] : [],
        );
        const alone = mergeWindows(windows.flatMap((window) => gridWindows(zone, grid, [window])));
        expect(gridWindows(zone, grid, windows)).toEqual(alone);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the first start from which a length fits', () => {
    const windows = [
      { fromAt: 0, toAt: 60 * MINUTE_MS },
      { fromAt: 120 * MINUTE_MS, toAt: 300 * MINUTE_MS },
    ];
    const startOf = (length: number, notBefore: number) =>
      firstFit(30, windows, length * MINUTE_MS, notBefore * MINUTE_MS);
    expect(startOf(60, 0)).toBe(0);
    expect(startOf(60, 1)).toBe(120 * MINUTE_MS);
    expect(startOf(90, 0)).toBe(120 * MINUTE_MS);
    expect(startOf(90, 121)).toBe(150 * MINUTE_MS);
    expect(startOf(180, 121)).toBeNull();
  });
});

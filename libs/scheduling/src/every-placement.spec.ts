import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  contains,
  MINUTE_MS,
  onGrid,
  openWindows,
  overlaps,
  windowMinutes,
  type Window,
} from '@touchmark/calendar';
import { claimedMinutes, placeWork, type WorkPlacement } from './index.js';
import { plainCell, type PlainCell } from './plain-cell.fixture.js';

describe('every placement', () => {
  const kinds = ['cut', 'print', 'qa'] as const;
  const from = Date.parse('2026-03-27T00:00Z');
  const step = 15 * MINUTE_MS;
  const busy = fc.array(
    fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 30 })).map(([start, length]) => ({
      fromAt: from + start * step,
      toAt: from + (start + length) * step,
    })),
    { maxLength: 12 },
  );
  // Five days over clock changes of an hour (Berlin) and of 30 minutes (Lord Howe, a week later).
  const cells = fc.array(
    fc.record({
      cellKind: fc.constantFrom(...kinds),
      zone: fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      gridMinutes: fc.constantFrom(15, 30, 60, 120),
      opens: fc.integer({ min: 0, max: 60 }),
      lasts: fc.integer({ min: 4, max: 35 }),
      busy: fc.array(busy, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const input = fc
    .record({
      cells,
      operations: fc.array(
        fc.record({ cellKind: fc.constantFrom(...kinds), minutes: fc.integer({ min: 1, max: 900 }) }),
        { minLength: 1, maxLength: 5 },
      ),
      weekLater: fc.boolean(),
    })
    .map(({ cells: drawn, operations, weekLater }) => {
      const shift = weekLater ? 7 * 24 * 60 * MINUTE_MS : 0;
      const range = { fromAt: from + shift, toAt: from + shift + 480 * step };
      return {
        earliestAt: range.fromAt + 7 * MINUTE_MS,
        horizonAt: range.toAt,
        operations: operations.map((operation, index) => ({
          ...operation,
          position: index + 1,
          family: null,
        })),
        cells: drawn.map(({ zone, gridMinutes, cellKind, opens, lasts, busy: taken }, index): PlainCell => {
          const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            weekday,
            fromMinute: opens * 15,
            toMinute: (opens + lasts) * 15,
          }));
          return {
            cellId: `cell${index}`,
            cellKind,
            zone,
            gridMinutes,
            open: openWindows({ zone, hours, closures: [] }, range),
            stations: taken.map((windows, at) => ({
              stationId: `cell${index}-${at}`,
              busy: windows.map((window) => ({ fromAt: window.fromAt + shift, toAt: window.toAt + shift })),
            })),
          };
        }),
      };
    });
  type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

  const place = ({ cells: plain, ...drawn }: Input): WorkPlacement =>
    placeWork({ ...drawn, cells: plain.map(plainCell), now: drawn.earliestAt });

  /** Draws runs that can be placed and hands each chunk over with its cell, station and operation. */
  function everyChunk(check: (chunk: Window, where: ReturnType<typeof locate>) => void): void {
    fc.assert(
      fc.property(input, (drawn) => {
        const placed = place(drawn);
        fc.pre(placed.kind === 'WorkPlaced');
        placed.chunks.forEach((chunk) => {
          check(chunk, locate(drawn, chunk));
        });
      }),
      { numRuns: 150 },
    );
  }
  function locate(drawn: Input, chunk: { cellId: string; stationId: string; position: number }) {
    const found = drawn.cells.find(({ cellId }) => cellId === chunk.cellId);
    const station = found?.stations.find(({ stationId }) => stationId === chunk.stationId);
    const operation = drawn.operations.find(({ position }) => position === chunk.position);
    if (!found || !station || !operation) throw new Error('the chunk is nowhere');
    return { cell: found, station, operation, drawn };
  }

  it('overlaps nobody and stays within opening hours, after the earliest time and before the horizon', () => {
    everyChunk((chunk, { cell: its, station, drawn }) => {
      expect(station.busy.some((window) => overlaps(window, chunk))).toBe(false);
      expect(its.open.some((window) => contains(window, chunk))).toBe(true);
      expect(chunk.fromAt >= drawn.earliestAt && chunk.toAt <= drawn.horizonAt).toBe(true);
    });
  });

  it('stands on the grid of a cell of the right kind, one grid step or more at a time', () => {
    everyChunk((chunk, { cell: its, operation }) => {
      expect(its.cellKind).toBe(operation.cellKind);
      expect(windowMinutes(chunk) >= its.gridMinutes && windowMinutes(chunk) % its.gridMinutes).toBe(0);
      expect([chunk.fromAt, chunk.toAt].every((edge) => onGrid(its.zone, its.gridMinutes, edge))).toBe(true);
    });
  });

  it('keeps the order, one station per operation, and exactly the minutes asked for', () => {
    fc.assert(
      fc.property(input, (drawn) => {
        const placed = place(drawn);
        fc.pre(placed.kind === 'WorkPlaced');
        placed.chunks.forEach((chunk, index) => {
          const before = placed.chunks[index - 1];
          expect(chunk.fromAt >= (before?.toAt ?? 0) && chunk.position >= (before?.position ?? 0)).toBe(true);
        });
        for (const { position, minutes } of drawn.operations) {
          const its = placed.chunks.filter((chunk) => chunk.position === position);
          const [first] = its;
          expect(new Set(its.map(({ stationId }) => stationId)).size).toBe(1);
          const grid = drawn.cells.find(({ cellId }) => cellId === first?.cellId)?.gridMinutes ?? 0;
          expect(its.reduce((sum, chunk) => sum + windowMinutes(chunk), 0)).toBe(
            claimedMinutes(minutes, grid),
          );
        }
        expect(placed.endsAt).toBe(placed.chunks.at(-1)?.toAt);
      }),
      { numRuns: 150 },
    );
  });

  it('ends each operation as early as any of its stations can, whatever the order of cells and stations', () => {
    fc.assert(
      fc.property(input, (drawn) => {
        const reversed = drawn.cells
          .toReversed()
          .map((its) => ({ ...its, stations: its.stations.toReversed() }));
        expect(place({ ...drawn, cells: reversed })).toEqual(place(drawn));
        const [operation] = drawn.operations;
        const alone = (cells: readonly PlainCell[]): number => {
          const placed = place({ ...drawn, cells: [...cells], operations: operation ? [operation] : [] });
          return placed.kind === 'WorkPlaced' ? placed.endsAt : Infinity;
        };
        const singly = drawn.cells.flatMap((its) =>
          its.stations.map((one) => alone([{ ...its, stations: [one] }])),
        );
        expect(alone(drawn.cells)).toBe(Math.min(...singly));
      }),
      { numRuns: 150 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  changeoverMatrix,
  contains,
  placeOnStation,
  violations,
  type StationClaim,
  type StationTimeline,
  type Window,
} from '@touchmark/calendar';
import fc from 'fast-check';
import { placeWork, type WorkCell, type WorkOperation, type WorkPlacement } from './index.js';

const at = (text: string): number => Date.parse(`2026-06-${text}:00Z`);
const span = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
const DAYS = [span('01T08:00', '01T18:00'), span('02T08:00', '02T18:00'), span('03T08:00', '03T18:00')];
const NOW = at('01T06:00');
const HORIZON = at('04T00:00');

const matrix = changeoverMatrix(
  ['black', 'red'],
  [
    { from: 'black', to: 'red', minutes: 30, costMinor: 0n },
    { from: 'red', to: 'black', minutes: 60, costMinor: 0n },
  ],
);
const claim = (from: string, to: string, family: string): StationClaim => ({
  ...{ id: from, family, expiresAt: null },
  ...span(from, to),
});
const station = (stationId: string, claims: readonly StationClaim[]): StationTimeline => ({
  ...{
    stationId,
    number: 1,
    open: DAYS,
    knownFromAt: at('01T00:00'),
    familyBefore: null,
    busyUntil: null,
    claims,
  },
});
const cell = (stations: readonly StationTimeline[], change: Partial<WorkCell> = {}): WorkCell => ({
  ...{ cellId: 'cell', cellKind: 'print', zone: 'Europe/Berlin', gridMinutes: 30, matrix },
  ...{ defaultFamily: 'black', allowed: null, stations },
  ...change,
});
const print = (minutes: number, family: string | null = null, position = 1): WorkOperation => ({
  ...{ position, cellKind: 'print', minutes, family },
});
const place = (operations: readonly WorkOperation[], cells: readonly WorkCell[]): WorkPlacement =>
  placeWork({ operations, cells, earliestAt: NOW, horizonAt: HORIZON, now: NOW });
const show = (placed: WorkPlacement): string[] =>
  placed.kind === 'WorkPlaced'
    ? placed.chunks.map(({ fromAt, toAt, family }) =>
        [...[fromAt, toAt].map((time) => new Date(time).toISOString().slice(8, 16)), family].join(' '),
      )
    : [`${placed.kind} ${placed.position}`];

describe('the placement of work with changeovers', () => {
  it('leaves room for the changeover before it and for the one of its successor', () => {
    const busy = [claim('01T08:00', '01T09:00', 'black'), claim('01T12:00', '01T13:00', 'black')];
    expect(show(place([print(90, 'red')], [cell([station('a', busy)])]))).toEqual(['01T09:30 01T11:00 red']);
    expect(show(place([print(120, 'red')], [cell([station('a', busy)])]))).toEqual([
      '01T09:30 01T11:00 red',
      '01T13:30 01T14:00 red',
    ]);
    expect(show(place([print(120)], [cell([station('a', busy)])]))).toEqual(['01T09:00 01T11:00 black']);
  });

  it('stays inside the windows that are allowed', () => {
    const allowed = [span('01T10:00', '01T11:00'), span('02T07:00', '02T09:30')];
    expect(show(place([print(120)], [cell([station('a', [])], { allowed })]))).toEqual([
      '01T10:00 01T11:00 black',
      '02T08:00 02T09:00 black',
    ]);
    expect(show(place([print(180)], [cell([station('a', [])], { allowed })]))).toEqual(['NoCapacity 1']);
  });

  it('counts what it has placed for the operations after it', () => {
    expect(show(place([print(60, 'red', 1), print(60, 'black', 2)], [cell([station('a', [])])]))).toEqual([
      '01T08:00 01T09:00 red',
      '01T10:00 01T11:00 black',
    ]);
  });

  it('takes a changeover from a family to itself before each of its chunks', () => {
    const own = changeoverMatrix(['black'], [{ from: 'black', to: 'black', minutes: 30, costMinor: 0n }]);
    const allowed = [span('01T08:00', '01T09:00'), span('01T09:00', '01T12:00')];
    const busy = [claim('01T08:30', '01T09:00', 'black')];
    expect(show(place([print(60)], [cell([station('a', busy)], { allowed, matrix: own })]))).toEqual([
      '01T09:30 01T10:30 black',
    ]);
    expect(show(place([print(660)], [cell([station('a', [])], { matrix: own })]))).toEqual([
      '01T08:00 01T18:00 black',
      '02T08:30 02T09:30 black',
    ]);
  });

  it('finds nothing on a cell without the family', () => {
    expect(show(place([print(30, 'gold')], [cell([station('a', [])])]))).toEqual(['NoCapacity 1']);
  });

  it('makes chunks that can be put on their stations one by one, and breaks no changeover of anybody', () => {
    const family = fc.constantFrom('black', 'red');
    const busy = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), family), {
      selector: ([slot]) => slot,
      maxLength: 8,
    });
    const operations = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), family), {
      minLength: 1,
      maxLength: 3,
    });
    const allowed = [span('01T09:00', '01T15:00'), span('02T08:00', '03T16:00')];
    fc.assert(
      fc.property(busy, operations, (slots, steps) => {
        const claims = slots.map(([slot, set]) => ({
          ...{ id: String(slot), family: set, expiresAt: null },
          ...{
            fromAt: at('01T08:00') + slot * 7_200_000,
            toAt: at('01T08:00') + slot * 7_200_000 + 1_800_000,
          },
        }));
        let after = station('a', claims);
        if (violations(after, matrix, NOW).length > 0) return;
        const placed = place(
          steps.map(([minutes, set], index) => print(minutes, set, index + 1)),
          [cell([after], { allowed })],
        );
        if (placed.kind === 'NoCapacity') return;
        for (const [index, { fromAt, toAt, family: set }] of placed.chunks.entries()) {
          expect(allowed.some((window) => contains(window, { fromAt, toAt }))).toBe(true);
          expect(placeOnStation(after, matrix, { fromAt, toAt }, set, NOW)).not.toBeNull();
          const put = { id: `put ${index}`, family: set, expiresAt: null, fromAt, toAt };
          after = { ...after, claims: [...after.claims, put] };
        }
        expect(violations(after, matrix, NOW)).toEqual([]);
      }),
    );
  });
});

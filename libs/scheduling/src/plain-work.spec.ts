import { describe, expect, it } from '@jest/globals';
import type { Window } from '@touchmark/calendar';
import { claimedMinutes, placeWork, type WorkCell, type WorkOperation, type WorkPlacement } from './index.js';
import { plainCell, type PlainCell } from './plain-cell.fixture.js';

const at = (text: string): number => Date.parse(`2026-06-${text}:00Z`);
const span = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
const days = [span('01T08:00', '01T18:00'), span('02T08:00', '02T18:00'), span('03T08:00', '03T18:00')];

const cell = (cellKind: string, busy: Record<string, Window[]>, change: Partial<PlainCell> = {}): WorkCell =>
  plainCell({
    ...{ cellId: `${cellKind}-cell`, cellKind, zone: 'Europe/Berlin', gridMinutes: 30, open: days },
    stations: Object.entries(busy).map(([stationId, windows]) => ({ stationId, busy: windows })),
    ...change,
  });

const place = (operations: readonly WorkOperation[], cells: readonly WorkCell[]): WorkPlacement => {
  const [earliestAt, horizonAt] = [at('01T06:00'), at('04T00:00')];
  return placeWork({ operations, cells, earliestAt, horizonAt, now: earliestAt });
};

const show = (placed: WorkPlacement): string[] =>
  placed.kind === 'WorkPlaced'
    ? placed.chunks.map(({ position, stationId, fromAt, toAt }) =>
        [
          position,
          stationId,
          ...[fromAt, toAt].map((time) => new Date(time).toISOString().slice(8, 16)),
        ].join(' '),
      )
    : [placed.kind];

const cut = (minutes: number, position = 1): WorkOperation => ({
  ...{ position, cellKind: 'cut', minutes, family: null },
});
const print = (minutes: number, position = 2): WorkOperation => ({
  ...{ position, cellKind: 'print', minutes, family: null },
});

describe('the placement of work without changeovers', () => {
  it('puts each operation after the one before it, in the order of the recipe', () => {
    const cells = [cell('print', { p: [] }), cell('cut', { c: [] })];
    expect(show(place([print(60), cut(90)], cells))).toEqual([
      '1 c 01T08:00 01T09:30',
      '2 p 01T09:30 01T10:30',
    ]);
  });

  it('goes on after closing time and after the bookings of others', () => {
    const cells = [cell('cut', { c: [span('01T10:00', '01T16:00')] })];
    expect(show(place([cut(300)], cells))).toEqual([
      '1 c 01T08:00 01T10:00',
      '1 c 01T16:00 01T18:00',
      '1 c 02T08:00 02T09:00',
    ]);
  });

  it('takes the station that is done first', () => {
    const cells = [cell('cut', { c1: [span('01T08:00', '01T12:00')], c2: [span('01T08:00', '01T11:00')] })];
    expect(show(place([cut(60)], cells))).toEqual(['1 c2 01T11:00 01T12:00']);
  });

  it('prefers one piece to several and the smaller id when they end alike', () => {
    const split = [span('01T09:00', '01T11:00')];
    const late = [span('01T08:00', '01T10:00')];
    expect(show(place([cut(120)], [cell('cut', { c1: split, c2: late })]))).toEqual([
      '1 c2 01T10:00 01T12:00',
    ]);
    expect(show(place([cut(60)], [cell('cut', { c2: [], c1: [] })]))).toEqual(['1 c1 01T08:00 01T09:00']);
  });

  it('rounds minutes up to the grid of the cell that does the work', () => {
    expect(claimedMinutes(91, 30)).toBe(120);
    expect(
      show(
        place([cut(91), print(10)], [cell('cut', { c: [] }), cell('print', { p: [] }, { gridMinutes: 15 })]),
      ),
    ).toEqual(['1 c 01T08:00 01T10:00', '2 p 01T10:00 01T10:15']);
  });

  it('uses no free time that is shorter than a grid step', () => {
    const cells = [cell('cut', { c: [span('01T08:00', '01T17:40')] })];
    expect(show(place([cut(30)], cells))).toEqual(['1 c 02T08:00 02T08:30']);
  });

  it.each<[string, WorkOperation[], WorkCell[], number]>([
    ['no cell is of the kind', [cut(30), print(30)], [cell('cut', { c: [] })], 2],
    ['a cell has no station', [cut(30)], [cell('cut', {})], 1],
    ['there is too little time before the horizon', [cut(1801)], [cell('cut', { c: [] })], 1],
    [
      'the operations before it use up the time',
      [cut(1800), print(30)],
      [cell('cut', { c: [] }), cell('print', { p: [] })],
      2,
    ],
  ])('says NoCapacity with the operation when %s', (_, operations, cells, position) => {
    expect(place(operations, cells)).toMatchObject({
      kind: 'NoCapacity',
      position,
      cellKind: position === 1 ? 'cut' : 'print',
    });
  });

  it('fills the last free minute before the horizon', () => {
    expect(place([cut(1800)], [cell('cut', { c: [] })])).toMatchObject({
      kind: 'WorkPlaced',
      endsAt: at('03T18:00'),
    });
  });

  it.each([
    [[], 'without operations'],
    [[cut(0)], 'takes 0 minutes'],
    [[cut(1.5)], 'takes 1.5 minutes'],
    [[cut(30, 1), print(30, 1)], 'Two operations stand at position 1'],
  ])('throws on the recipe %p', (operations, message) => {
    expect(() => place(operations, [])).toThrow(message);
  });
});

import { describe, expect, it } from '@jest/globals';
import { layOut, nextStart, startIn, usualMinutes } from '../../apps/web/src/lib/calendar-view.ts';

const MONDAY = 20_787; // 2026-11-30
const at = (day: number, hour: number): string =>
  new Date((MONDAY + day) * 86_400_000 + hour * 3_600_000).toISOString();
const span = (day: number, from: number, to: number) => ({ fromAt: at(day, from), toAt: at(day, to) });

const cellOf = (id: string, gridMinutes = 30, maxMinutes = 480) => ({
  ...{ id, name: id, gridMinutes, maxMinutes },
  ...{ hourlyRateMinor: '2400', families: [], defaultFamily: null },
});
type Day = ReturnType<typeof span>;
const stationOf = (id: string, cell: ReturnType<typeof cellOf>, openWindows: Day[], taken: Day[] = []) => ({
  cell,
  station: { id, number: 1 },
  openWindows,
  bookings: taken.map((window) => ({
    ...{ ...window, bookingId: null, mine: false, state: 'CONFIRMED' as const },
    ...{ label: null, expiresAt: null, changeoverFromAt: null, family: null, origin: 'MEMBER' as const },
  })),
});
const freeOf = (cell: ReturnType<typeof cellOf>, ...windows: Day[]) => ({
  cell,
  windows: windows.map((window) => ({ ...window, freeStations: 1 })),
});

describe('the calendar', () => {
  const days = [MONDAY, MONDAY + 1];
  const press = cellOf('press');
  const bench = cellOf('bench');
  const open = [span(0, 8, 20), span(1, 8, 20)];

  it('offers what the API says is ahead, less what is taken of this station', () => {
    const view = layOut('UTC', days, {
      calendar: [stationOf('a', press, open, [span(0, 14, 16)]), stationOf('b', press, open)],
      freeSlots: [freeOf(press, span(0, 12, 14), span(0, 14, 20), span(1, 8, 20))],
    });
    expect(view.lanes[0]?.stations.map((station) => station.days[0]?.free)).toEqual([
      [
        { from: 720, to: 840 },
        { from: 960, to: 1200 },
      ],
      [{ from: 720, to: 1200 }],
    ]);
  });

  it.each([
    ['the first of the day', [span(0, 12, 20)], MONDAY, null, ['press', MONDAY, 720]],
    [
      'never one too short for an hour',
      [span(0, 19.5, 20), span(1, 9, 20)],
      MONDAY,
      null,
      ['press', MONDAY + 1, 540],
    ],
    ['another day when this one is over', [span(1, 8, 20)], MONDAY, null, ['press', MONDAY + 1, 480]],
    [
      'not a day before the one asked for',
      [span(0, 8, 20), span(1, 10, 20)],
      MONDAY + 1,
      null,
      ['press', MONDAY + 1, 600],
    ],
    ['another cell when the first has none', [], MONDAY, null, ['bench', MONDAY + 1, 660]],
    ['of the cell that was chosen', [span(0, 8, 20)], MONDAY, 'bench', ['bench', MONDAY + 1, 660]],
    ['nothing when nothing is free', [], MONDAY, 'press', null],
  ] as const)('starts with %s', (_, free, from, cell, expected) => {
    const view = layOut('UTC', days, {
      calendar: [stationOf('a', press, open), stationOf('c', bench, open)],
      freeSlots: [freeOf(press, ...free), freeOf(bench, span(1, 11, 20))],
    });
    const start = nextStart(view, from, cell);
    expect(start && [start.cellId, start.epochDay, start.minute]).toEqual(expected);
  });

  it('starts on the grid, and asks for no more than the cell gives', () => {
    expect(startIn({ from: 725, to: 800 }, 30, 30)).toBe(750);
    expect(startIn({ from: 725, to: 770 }, 30, 30)).toBeNull();
    expect([cellOf('x', 45), cellOf('x', 15, 30), cellOf('x', 120)].map(usualMinutes)).toEqual([90, 30, 120]);
  });
});

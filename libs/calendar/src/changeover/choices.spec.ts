import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { onGrid } from '../grid.js';
import { openWindows } from '../opening.js';
import { MINUTE_MS } from '../window.js';
import {
  choosePlacement,
  freeForFamily,
  nextPlacements,
  placeOnStation,
  type StationClaim,
  type StationTimeline,
} from './index.js';
import { at, booked, matrix, now, span, station } from './two-days.fixture.js';

describe('the choice among stations', () => {
  const sibling = (id: string, number: number, claims: StationClaim[]): StationTimeline => ({
    ...station(claims),
    stationId: id,
    number,
  });
  const choose = (stations: StationTimeline[]) =>
    choosePlacement(stations, matrix, span('01T10:00', '01T11:00'), 'blue', now);

  it.each<[string, StationTimeline[], string, string]>([
    [
      'the least changeover',
      [
        sibling('a', 1, [booked('red', '01T08:00', '01T09:00')]),
        sibling('b', 2, [booked('blue', '01T08:00', '01T09:30')]),
      ],
      'b',
      'Station 2 is ready for blue; any other that is free needs at least 60 minutes more of changeover.',
    ],
    [
      'less changeover where some is needed',
      [
        sibling('a', 1, [booked('red', '01T08:00', '01T09:00')]),
        sibling('b', 2, [booked('black', '01T08:00', '01T09:30')]),
      ],
      'b',
      'Station 2 needs the least changeover; any other that is free needs at least 30 minutes more of changeover.',
    ],
    [
      'the least broken calendar',
      [sibling('a', 1, []), sibling('b', 2, [booked('blue', '01T11:00', '01T12:00')])],
      'b',
      'Station 2 leaves the calendar least broken up: a gap on one side only beside the window.',
    ],
    [
      'the smaller id of equals',
      [sibling('b', 2, []), sibling('a', 1, [])],
      'a',
      'Station 1 suits as well as any other that is free.',
    ],
    [
      'the only one left',
      [sibling('a', 1, [booked('red', '01T10:00', '01T11:00')]), sibling('b', 2, [])],
      'b',
      'Station 2 is the only one that can take the window.',
    ],
    ['the one that there is', [sibling('a', 1, [])], 'a', 'Station 1 can take the window.'],
  ])('takes %s and says so', (_, stations, stationId, because) => {
    expect(choose(stations)).toMatchObject({ placement: { stationId }, because });
  });

  it('is nothing when no station can take the window', () => {
    expect(choose([sibling('a', 1, [booked('red', '01T10:00', '01T11:00')])])).toBeNull();
  });
});

describe('the next placements', () => {
  const next = (stations: StationTimeline[], minutes: number, limit: number) =>
    nextPlacements(stations, matrix, 'red', minutes, at('01T00:00'), at('03T00:00'), 'UTC', 15, now, limit);

  it('come earliest first, without overlap, with the changeover that they cause', () => {
    const timeline = station([
      booked('black', '01T08:00', '01T09:10'),
      booked('red', '01T12:00', '01T17:00'),
    ]);
    expect(next([timeline], 45, 4)).toEqual(
      [
        ['01T10:15', '01T11:00', 0],
        ['01T11:00', '01T11:45', 0],
        ['01T17:00', '01T17:45', 0],
        ['02T08:00', '02T08:45', 0],
      ].map(([from, to, minutes]) => ({
        ...span(String(from), String(to)),
        stationId: 'a',
        marginal: { minutes, costMinor: BigInt(Number(minutes)) },
      })),
    );
  });

  it('are all accepted when asked for, on the grid, and none that is earlier was passed over', () => {
    const claim = fc.record({ slot: fc.nat(39), family: fc.constantFrom('black', 'blue', 'red') });
    const lists = fc.array(fc.uniqueArray(claim, { selector: ({ slot }) => slot, maxLength: 8 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(lists, fc.constantFrom(15, 60, 120), (given, minutes) => {
        const stations = given.map((claims, index) => ({
          ...station(
            claims.map(({ slot, family }) => {
              const fromAt = at('01T08:00') + slot * 15 * MINUTE_MS;
              return { id: `${slot}`, family, expiresAt: null, fromAt, toAt: fromAt + 15 * MINUTE_MS };
            }),
          ),
          stationId: `s${index}`,
        }));
        const found = next(stations, minutes, 5);
        const takes = (fromAt: number) =>
          stations.some((each) =>
            placeOnStation(each, matrix, { fromAt, toAt: fromAt + minutes * MINUTE_MS }, 'red', now),
          );
        for (const { fromAt } of found) expect(takes(fromAt) && onGrid('UTC', 15, fromAt)).toBe(true);
        let first = now;
        while (first < at('03T00:00') && !takes(first)) first += 15 * MINUTE_MS;
        expect(found[0]?.fromAt).toBe(first < at('03T00:00') ? first : undefined);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a changeover across a clock change', () => {
  it.each([
    ['Europe/Berlin', 'spring', '2026-03-29T01:30Z', '2026-03-29T00:30Z'],
    ['Europe/Berlin', 'autumn', '2026-10-25T01:30Z', '2026-10-25T00:30Z'],
    ['America/New_York', 'spring', '2026-03-08T07:30Z', '2026-03-08T06:30Z'],
    ['America/New_York', 'autumn', '2026-11-01T06:30Z', '2026-11-01T05:30Z'],
    ['Australia/Lord_Howe', 'spring', '2026-10-03T16:00Z', '2026-10-03T15:00Z'],
    ['Australia/Lord_Howe', 'autumn', '2026-04-04T15:30Z', '2026-04-04T14:30Z'],
    ['Europe/Berlin', 'at midnight', '2026-06-01T22:15Z', '2026-06-01T21:15Z'],
  ])('in %s in %s takes the hour that passes, whatever the clocks show', (zone, _, from, claimed) => {
    const fromAt = Date.parse(from);
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
    const range = { fromAt: fromAt - 36 * 60 * MINUTE_MS, toAt: fromAt + 36 * 60 * MINUTE_MS };
    const open = openWindows({ zone, hours, closures: [] }, range);
    const before = {
      id: 'b',
      family: 'black',
      expiresAt: null,
      fromAt: range.fromAt,
      toAt: range.fromAt + MINUTE_MS,
    };
    const timeline = station([before], { open, knownFromAt: range.fromAt });
    const window = { fromAt, toAt: fromAt + 30 * MINUTE_MS };
    expect(placeOnStation(timeline, matrix, window, 'red', range.fromAt)?.claimFromAt).toBe(
      Date.parse(claimed),
    );
    expect(freeForFamily(timeline, matrix, 'red', range.fromAt)).toEqual([
      { fromAt: before.toAt + 60 * MINUTE_MS, toAt: range.toAt },
    ]);
  });

  it('skips what is closed in the hour that comes twice', () => {
    // Berlin is open to 02:30 by the first of the two half past twos, and again from 04:00.
    const hours = [
      { weekday: 7, fromMinute: 0, toMinute: 150 },
      { weekday: 7, fromMinute: 240, toMinute: 1440 },
    ];
    const range = { fromAt: Date.parse('2026-10-24T22:00Z'), toAt: Date.parse('2026-10-25T12:00Z') };
    const open = openWindows({ zone: 'Europe/Berlin', hours, closures: [] }, range);
    const timeline = station([], {
      open,
      knownFromAt: range.fromAt,
      familyBefore: 'black',
      busyUntil: range.fromAt,
    });
    const window = { fromAt: Date.parse('2026-10-25T03:30Z'), toAt: Date.parse('2026-10-25T04:00Z') };
    const placed = placeOnStation(timeline, matrix, window, 'red', range.fromAt);
    expect(placed?.claimFromAt).toBe(Date.parse('2026-10-25T00:00Z'));
  });
});

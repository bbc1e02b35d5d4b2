import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  changeoverMatrix,
  chooseOffer,
  MINUTE_MS,
  offerFor,
  placeOnStation,
  windowsFor,
  type CellNow,
  type StationClaim,
  type WaitingWish,
  type Window,
} from './index.js';

const at = (text: string): number => Date.parse(`2026-06-01T${text}:00Z`);
const span = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
const matrix = changeoverMatrix(['black', 'red'], [{ from: '*', to: '*', minutes: 30, costMinor: 0n }]);
const booked = (from: string, to: string, family = 'black'): StationClaim => ({
  id: `${from} ${to}`,
  family,
  expiresAt: null,
  ...span(from, to),
});
/** One or more stations that are open from 08:00 to 12:00, at 07:00. */
const cell = (...stations: StationClaim[][]): CellNow => ({
  timelines: stations.map((claims, index) => ({
    ...{
      stationId: `s${index + 1}`,
      number: index + 1,
      open: [span('08:00', '12:00')],
      knownFromAt: at('00:00'),
    },
    ...{ familyBefore: null, busyUntil: null, claims },
  })),
  matrix,
  zone: 'UTC',
  gridMinutes: 15,
  horizonAt: at('23:45'),
  now: at('07:00'),
});
const wish = (id: string, change: Partial<WaitingWish> = {}): WaitingWish => ({
  ...{ id, turn: 0, family: 'black', earliestAt: at('08:00'), latestAt: at('12:00') },
  ...{ minutes: 60, leastMinutes: 60 },
  ...change,
});

describe('the next in line', () => {
  it('is who joined first, whatever the order of the list, then the smaller id', () => {
    const [first, second] = [wish('b', { turn: 1 }), wish('a', { turn: 2 })];
    expect(chooseOffer(cell([]), [second, first])?.wish.id).toBe('b');
    expect(chooseOffer(cell([]), [wish('b'), wish('a')])?.wish.id).toBe('a');
  });

  it('is the next for whom there is a window when the first has none', () => {
    const long = wish('first', { minutes: 120, leastMinutes: 120 });
    const full = cell([booked('08:00', '11:00')]);
    expect(chooseOffer(full, [long, wish('second', { turn: 1 })])).toMatchObject({
      wish: { id: 'second' },
      ...span('11:00', '12:00'),
      stationId: 's1',
    });
    expect(chooseOffer(full, [long])).toBeNull();
    expect(chooseOffer(full, [])).toBeNull();
  });

  it('is passed over when nothing can be given to them now, or not at this price', () => {
    const queue = [wish('full'), wish('poor', { turn: 1 }), wish('last', { turn: 2 })];
    const asked: string[] = [];
    const offer = chooseOffer(cell([]), queue, ({ id }, { fromAt }) => {
      asked.push(id);
      if (id === 'full') return 'nothing-now';
      return id === 'poor' && fromAt < at('11:00') ? 'not-this-window' : 'takes';
    });
    expect(offer).toMatchObject({ wish: { id: 'poor' }, ...span('11:00', '12:00') });
    expect(asked.filter((id) => id === 'full')).toHaveLength(1);
  });

  it('is given a part when nothing of full length can be given to them', () => {
    const tried: number[] = [];
    const offer = offerFor(cell([]), wish('a', { minutes: 90, leastMinutes: 30 }), (_, { fromAt, toAt }) => {
      tried.push((toAt - fromAt) / MINUTE_MS);
      return toAt - fromAt > 60 * MINUTE_MS ? 'not-this-length' : 'takes';
    });
    expect(offer).toMatchObject({ minutes: 60, ...span('08:00', '09:00') });
    expect(tried).toEqual([90, 75, 60]);
  });
});

describe('the windows for a wish', () => {
  it('are of lengths up to what can be paid, and none where not even the least can', () => {
    const wished = wish('a', { minutes: 90, leastMinutes: 30 });
    const lengths = (most: number): number[] => {
      const windows = windowsFor(cell([]), wished, most);
      const found: number[] = [];
      for (let next = windows.next(); next.done !== true; next = windows.next('not-this-length')) {
        found.push(next.value.minutes);
      }
      return found;
    };
    expect(lengths(Infinity)).toEqual([90, 75, 60, 45, 30]);
    expect(lengths(50)).toEqual([45, 30]);
    expect(lengths(29)).toEqual([]);
  });

  it('are given one after the other, and end when nothing can be given now', () => {
    const windows = windowsFor(cell([]), wish('a'));
    expect(windows.next().value).toMatchObject(span('08:00', '09:00'));
    expect(windows.next('not-this-window').value).toMatchObject(span('09:00', '10:00'));
    expect(windows.next('nothing-now').done).toBe(true);
  });
});

describe('what the next in line is given', () => {
  it.each<[string, CellNow, Partial<WaitingWish>, Window & { stationId: string }]>([
    [
      'the earliest window of full length',
      cell([booked('08:00', '09:00')]),
      {},
      { ...span('09:00', '10:00'), stationId: 's1' },
    ],
    [
      'a sibling station that is free',
      cell([booked('08:00', '12:00')], [booked('08:00', '11:00')]),
      {},
      { ...span('11:00', '12:00'), stationId: 's2' },
    ],
    [
      'full length later before a part of it sooner',
      cell([booked('08:30', '10:00')]),
      { leastMinutes: 30 },
      { ...span('10:00', '11:00'), stationId: 's1' },
    ],
    [
      'the longest part when there is no full length',
      cell([booked('08:30', '11:15')]),
      { minutes: 90, leastMinutes: 15 },
      { ...span('11:15', '12:00'), stationId: 's1' },
    ],
    [
      'what is left beside changeovers',
      cell([booked('09:30', '12:00', 'red')]),
      { minutes: 90, leastMinutes: 15 },
      { ...span('08:00', '09:00'), stationId: 's1' },
    ],
    [
      'nothing before the earliest wish',
      cell([]),
      { earliestAt: at('09:15') },
      { ...span('09:15', '10:15'), stationId: 's1' },
    ],
  ])('is %s', (_, now, change, expected) => {
    expect(offerFor(now, wish('a', change))).toMatchObject(expected);
  });

  it.each<[string, CellNow, Partial<WaitingWish>]>([
    ['less than the least', cell([booked('08:45', '12:00')]), { leastMinutes: 60 }],
    ['anything after the latest', cell([booked('08:00', '10:00')]), { latestAt: at('10:45') }],
    ['what lies behind the horizon', { ...cell([]), horizonAt: at('08:45') }, {}],
    ['what is past', { ...cell([]), now: at('11:15') }, {}],
    [
      'two short windows of two stations as a long one',
      cell([booked('08:45', '12:00')], [booked('08:00', '11:30')]),
      {},
    ],
  ])('is never %s', (_, now, change) => {
    expect(offerFor(now, wish('a', change))).toBeNull();
  });

  it('is always what the station takes, and no longer one could have been given', () => {
    const claims = fc.uniqueArray(fc.nat(15), { maxLength: 10 }).map((slots) =>
      slots.map((slot): StationClaim => {
        const fromAt = at('08:00') + slot * 15 * MINUTE_MS;
        return {
          id: `${slot}`,
          family: slot % 2 === 0 ? 'black' : 'red',
          expiresAt: null,
          fromAt,
          toAt: fromAt + 15 * MINUTE_MS,
        };
      }),
    );
    const wishes = fc.record({
      minutes: fc.integer({ min: 1, max: 8 }),
      least: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(
        fc.array(claims, { minLength: 1, maxLength: 3 }),
        wishes,
        (stations, { minutes, least }) => {
          const now = cell(...stations);
          const asked = wish('a', { minutes: minutes * 15, leastMinutes: Math.min(minutes, least) * 15 });
          const takes = (fromAt: number, length: number): boolean =>
            now.timelines.some((each) =>
              placeOnStation(each, matrix, { fromAt, toAt: fromAt + length * MINUTE_MS }, 'black', now.now),
            );
          const starts = Array.from({ length: 16 }, (_, slot) => at('08:00') + slot * 15 * MINUTE_MS);
          const lengths = Array.from({ length: minutes }, (_, index) => (minutes - index) * 15);
          const best = lengths.find(
            (length) => length >= asked.leastMinutes && starts.some((from) => takes(from, length)),
          );
          const offer = offerFor(now, asked);
          expect(offer?.minutes).toBe(best);
          expect(offer?.fromAt).toBe(best && starts.find((from) => takes(from, best)));
        },
      ),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  LENGTH,
  Minutes,
  START,
  STEP,
  families,
  hoursOf,
  instant,
  matrixOf,
} from './counting-minutes.fixture.js';
import { MINUTE_MS } from '../window.js';
import {
  crowding,
  freeForFamily,
  placeOnStation,
  relink,
  violations,
  type StationClaim,
  type StationTimeline,
} from './index.js';
import { family } from './played-station.fixture.js';
import { at, booked, matrix as hourly, now, span, station } from './two-days.fixture.js';

// Long changeovers in a few hours, so that a closure squeezes in most of the runs.
const place = fc.nat(60);
const take = fc.record({ slot: place, steps: fc.integer({ min: 1, max: 3 }), family });
const changeover = fc.constantFrom(0, 30, 60, 60, 120);
const table = fc
  .array(changeover, { minLength: 9, maxLength: 9 })
  .map((minutes) =>
    families.flatMap((from, row) =>
      families.flatMap((to, column) =>
        from === to ? [] : [{ from, to, minutes: minutes[3 * row + column] ?? 0, costMinor: 0n }],
      ),
    ),
  );
const closed = fc.array(fc.tuple(place, fc.integer({ min: 2, max: 20 })), { minLength: 1, maxLength: 2 });
const squeezed = fc.record({
  rows: table,
  before: fc.array(take, { minLength: 8, maxLength: 25 }),
  closed,
  after: fc.array(fc.record({ takes: fc.boolean(), act: take }), { minLength: 4, maxLength: 25 }),
});

interface Squeezed {
  readonly timeline: StationTimeline;
  readonly matrix: ReturnType<typeof matrixOf>;
  readonly open: readonly boolean[];
  /** Those that the closure has left too close to one before them. */
  readonly listed: ReadonlySet<string>;
}

const windowOf = (act: { slot: number; steps: number }) => ({
  fromAt: instant(act.slot * STEP),
  toAt: instant((act.slot + act.steps) * STEP),
});

/** Fills a station, closes some of its time, and then puts in and takes out, each step given to `check`. */
function play(
  given: typeof squeezed extends fc.Arbitrary<infer Given> ? Given : never,
  check: (run: Squeezed, act: { slot: number; steps: number; family: string }) => void,
): void {
  const matrix = matrixOf(given.rows);
  let timeline = station([], { open: hoursOf([]).windows, knownFromAt: START });
  const put = (id: string, act: { slot: number; steps: number; family: string }) => {
    const window = windowOf(act);
    if (placeOnStation(timeline, matrix, window, act.family, START) === null) return;
    const claim = { id, ...window, family: act.family, expiresAt: null };
    timeline = { ...timeline, claims: [...timeline.claims, claim] };
  };
  for (const [index, act] of given.before.entries()) put(`b${index}`, act);
  const { open, windows } = hoursOf(given.closed);
  timeline = { ...timeline, open: windows };
  const listed = new Set(crowding(timeline, matrix, START).map(({ afterId }) => afterId));
  for (const [index, { takes, act }] of given.after.entries()) {
    check({ timeline, matrix, open, listed }, act);
    if (takes) put(`a${index}`, act);
    else {
      const ended = timeline.claims[act.slot % Math.max(1, timeline.claims.length)];
      timeline = { ...timeline, claims: timeline.claims.filter((claim) => claim !== ended) };
    }
  }
}

describe('a station on which a closure has left claims too close', () => {
  it('has none too close but those, whatever is then put in and taken out', () => {
    fc.assert(
      fc.property(squeezed, (given) => {
        play(given, ({ timeline, matrix, listed }) => {
          const found = violations(timeline, matrix, START).map(({ afterId }) => afterId);
          expect(found.filter((id) => !listed.has(id))).toEqual([]);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('takes exactly what leaves time behind every claim before it, near and far, and before its successor', () => {
    fc.assert(
      fc.property(squeezed, (given) => {
        play(given, ({ timeline, matrix, open }, act) => {
          const needed = (from: string | null, to: string | null) => matrix.between(from, to).minutes;
          const minutes = new Minutes(open, timeline.claims, { family: null, untilMinute: null }, needed, 0);
          const [from, to] = [act.slot * STEP, (act.slot + act.steps) * STEP];
          const clear = timeline.claims.every((claim) => {
            const endsAt = (claim.toAt - START) / MINUTE_MS;
            return endsAt > from || minutes.count(endsAt, from) >= needed(claim.family, act.family);
          });
          const placed = placeOnStation(timeline, matrix, windowOf(act), act.family, START);
          expect(placed !== null).toBe(clear && minutes.accepts(from, to, act.family));
        });
      }),
      { numRuns: 400 },
    );
  });

  it('is free for a family in exactly the windows that it then takes, also in a range', () => {
    fc.assert(
      fc.property(squeezed, place, (given, first) => {
        play({ ...given, after: given.after.slice(-6) }, ({ timeline, matrix }, act) => {
          const range = { fromAt: instant(first * STEP), toAt: instant(LENGTH) };
          const free = freeForFamily(timeline, matrix, act.family, START);
          const inRange = freeForFamily(timeline, matrix, act.family, START, range);
          for (let step = 0; step < LENGTH / STEP; step += 1) {
            const window = windowOf({ slot: step, steps: act.steps });
            const shows = (all: typeof free) =>
              all.some((one) => one.fromAt <= window.fromAt && window.toAt <= one.toAt);
            const taken = placeOnStation(timeline, matrix, window, act.family, START) !== null;
            expect(shows(free)).toBe(taken);
            if (step >= first) expect(shows(inRange)).toBe(taken);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('decides the same when all that stands before the last one that is not crowded is left out', () => {
    fc.assert(
      fc.property(squeezed, (given) => {
        play(given, ({ timeline, matrix }, act) => {
          const linked = relink(timeline, matrix, START);
          const fromAt = instant(act.slot * STEP);
          const order = [...timeline.claims].sort((a, b) => a.fromAt - b.fromAt);
          const last = linked.findLastIndex(
            ({ crowded }, index) => !crowded && (order[index]?.fromAt ?? Infinity) < fromAt,
          );
          const kept = order[last];
          if (kept === undefined) return;
          const loaded = {
            ...timeline,
            ...{ familyBefore: kept.family, busyUntil: kept.toAt, claims: order.slice(last + 1) },
          };
          const decide = (one: StationTimeline) =>
            placeOnStation(one, matrix, windowOf(act), act.family, START);
          expect(decide(loaded)).toEqual(decide(timeline));
          expect(relink(loaded, matrix, START)).toEqual(linked.slice(last + 1));
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('crowding', () => {
  // Closed from 10:00 to 14:00: red at 15:00 has one of the two hours that it takes from black.
  const closed = [span('01T08:00', '01T10:00'), span('01T14:00', '01T18:00')];
  const crowd = (claims: StationClaim[]) => station(claims, { open: closed });
  const standing = [booked('black', '01T08:00', '01T10:00'), booked('red', '01T11:00', '01T12:00')];

  it('names the pair, and what stands behind both and would be too close to the first alone', () => {
    const behind = booked('red', '01T14:00', '01T15:00');
    expect(
      crowding(crowd([...standing, behind]), hourly, now).map((pair) => [pair.beforeId, pair.afterId]),
    ).toEqual([
      ['black 01T08:00', 'red 01T11:00'],
      ['black 01T08:00', 'red 01T14:00'],
    ]);
  });

  it('lets nothing stand where it would be too close without the one before it', () => {
    expect(placeOnStation(crowd(standing), hourly, span('01T14:00', '01T15:00'), 'red', now)).toBeNull();
    expect(placeOnStation(crowd(standing), hourly, span('01T15:00', '01T16:00'), 'red', now)).not.toBeNull();
    expect(freeForFamily(crowd(standing), hourly, 'red', now).at(-1)).toEqual(span('01T15:00', '01T18:00'));
    const range = span('01T13:00', '01T17:00');
    expect(freeForFamily(crowd(standing), hourly, 'red', now, range)).toEqual([span('01T15:00', '01T17:00')]);
  });

  it('looks back no further than to the first that it stands too close to, as where all is closed', () => {
    const hour = (index: number): number => at('01T08:00') + index * 60 * MINUTE_MS;
    const claims = Array.from({ length: 200 }, (_, index) => ({
      ...{ id: String(index), family: index % 2 === 0 ? 'black' : 'red', expiresAt: null },
      ...{ fromAt: hour(index), toAt: hour(index) + 30 * MINUTE_MS },
    }));
    let asked = 0;
    const counting = {
      ...hourly,
      between: (from: string | null, to: string | null) => {
        asked += 1;
        return hourly.between(from, to);
      },
    };
    const linked = relink(station(claims, { open: [] }), counting, now);
    expect(linked.filter(({ crowded }) => crowded)).toHaveLength(199);
    expect(asked).toBeLessThan(4 * claims.length);
  });

  it('marks what stands too close to any one before it when a station is linked again', () => {
    const all = crowd([
      ...standing,
      booked('red', '01T14:00', '01T15:00'),
      booked('red', '01T16:00', '01T17:00'),
    ]);
    expect(relink(all, hourly, now).map(({ crowded }) => crowded)).toEqual([false, true, true, false]);
    expect(relink(all, hourly, now)[1]?.claimFromAt).toBe(at('01T10:00'));
  });
});

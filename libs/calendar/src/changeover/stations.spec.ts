import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MINUTE_MS, clip } from '../window.js';
import {
  freeForFamily,
  placeOnStation,
  relink,
  removeFromStation,
  violations,
  type StationTimeline,
} from './index.js';
import { LENGTH, START, STEP, hoursOf, instant, matrixOf } from './counting-minutes.fixture.js';
import { family, play, rows, slot, world } from './played-station.fixture.js';

describe('a station', () => {
  it('takes exactly the windows that counting minutes allows, and keeps every gap after any inserts and removals', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({ timeline, matrix, now }) => {
          // A changeover that needed time before now was refused, so what stands never stands too close.
          expect(violations(timeline, matrix, now)).toEqual([]);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('has written, neighbour by neighbour, just the claims that follow from its windows', () => {
    fc.assert(
      fc.property(world, (given) => {
        // Dead holds change neighbours by time alone; who finds them links again. Here none die.
        const acts = given.acts.map((each) => ({ ...each, expires: null }));
        play({ ...given, acts }, ({ timeline, matrix, written, now }) => {
          const due = relink(timeline, matrix, now);
          expect(new Map(due.map(({ id, claimFromAt }) => [id, claimFromAt]))).toEqual(written);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('has claims that never overlap, each as long in open time as its changeover and ending with its window', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({ timeline, matrix, model, now }) => {
          let endsAt = timeline.busyUntil ?? -Infinity;
          for (const { id, claimFromAt, changeoverMinutes } of relink(timeline, matrix, now)) {
            const { fromAt = 0, toAt = 0 } = timeline.claims.find((claim) => claim.id === id) ?? {};
            const [from, to] = [claimFromAt, fromAt].map((at) => (at - START) / MINUTE_MS);
            expect(claimFromAt).toBeGreaterThanOrEqual(endsAt);
            expect(model([]).count(from ?? 0, to ?? 0)).toBe(changeoverMinutes);
            // The latest such moment: a changeover begins in open time, or there is none.
            expect(
              changeoverMinutes === 0 ? from === to : model([]).count(from ?? 0, (from ?? 0) + 1) === 1,
            ).toBe(true);
            endsAt = toAt;
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('has the same claims as before once what was inserted is removed', () => {
    fc.assert(
      fc.property(world, (given) => {
        play(given, ({ timeline, matrix, now }, each) => {
          const window = {
            fromAt: instant(each.slot * STEP),
            toAt: instant((each.slot + each.steps) * STEP),
          };
          const placed = placeOnStation(timeline, matrix, window, each.family, now);
          if (!placed) return;
          const claim = { id: 'new', ...window, family: each.family, expiresAt: null };
          const taken = { ...timeline, claims: [claim, ...timeline.claims] };
          const [earlier, later] = [relink(timeline, matrix, now), relink(taken, matrix, now)];
          expect(later.filter(({ id }) => id !== 'new' && id !== placed.successor?.id)).toEqual(
            earlier.filter(({ id }) => id !== placed.successor?.id),
          );
          const restored = removeFromStation(taken, matrix, 'new', now);
          const successor = earlier.find(({ id }) => id === placed.successor?.id);
          expect(restored && { ...restored, crowded: false }).toEqual(successor ?? null);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('never has neighbours too close when any claim is taken out of a row as tight as can be', () => {
    const { windows } = hoursOf([[10, 3]]);
    fc.assert(
      fc.property(
        rows,
        fc.array(family, { minLength: 3, maxLength: 8 }),
        fc.nat(7),
        (table, wanted, gone) => {
          const matrix = matrixOf(table);
          let timeline: StationTimeline = {
            stationId: 's',
            number: 1,
            open: windows,
            knownFromAt: START,
            familyBefore: null,
            busyUntil: null,
            claims: [],
          };
          for (const [index, each] of wanted.entries()) {
            const fromAt = freeForFamily(timeline, matrix, each, START).at(-1)?.fromAt ?? START;
            const claim = {
              id: `${index}`,
              family: each,
              expiresAt: null,
              fromAt,
              toAt: fromAt + STEP * MINUTE_MS,
            };
            timeline = { ...timeline, claims: [...timeline.claims, claim] };
          }
          expect(violations(timeline, matrix, START)).toEqual([]);
          const left = timeline.claims.filter((_, index) => index !== gone % wanted.length);
          expect(violations({ ...timeline, claims: left }, matrix, START)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is free for a family in exactly the grid windows that it then takes', () => {
    fc.assert(
      fc.property(world, family, (given, mine) => {
        play({ ...given, acts: given.acts.slice(0, 8) }, ({ timeline, matrix, now }) => {
          const free = freeForFamily(timeline, matrix, mine, now);
          for (let at = 0; at < LENGTH; at += STEP) {
            for (const length of [STEP, 4 * STEP, 9 * STEP]) {
              const window = { fromAt: instant(at), toAt: instant(at + length) };
              const shown = free.some(({ fromAt, toAt }) => fromAt <= window.fromAt && window.toAt <= toAt);
              expect(placeOnStation(timeline, matrix, window, mine, now) !== null).toBe(shown);
            }
          }
        });
      }),
      { numRuns: 25 },
    );
  });

  it('is free in a range for exactly what it is free for within it', () => {
    fc.assert(
      fc.property(world, family, slot, slot, (given, mine, one, other) => {
        const range = {
          fromAt: instant(Math.min(one, other) * STEP),
          toAt: instant(Math.max(one, other) * STEP),
        };
        play({ ...given, acts: given.acts.slice(0, 8) }, ({ timeline, matrix, now }) => {
          const all = freeForFamily(timeline, matrix, mine, now);
          const within = all.map((free) => clip(free, range)).filter((part) => part !== null);
          expect(freeForFamily(timeline, matrix, mine, now, range)).toEqual(within);
        });
      }),
    );
  });
});

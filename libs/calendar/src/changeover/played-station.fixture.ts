import { expect } from '@jest/globals';
import fc from 'fast-check';
import { placeOnStation, removeFromStation, type StationClaim, type StationTimeline } from './index.js';
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

export const slot = fc.nat(LENGTH / STEP - 1);
export const family = fc.constantFrom(...families);
export const rows = fc.uniqueArray(
  fc.record({
    from: fc.constantFrom(...families, '*'),
    to: fc.constantFrom(...families, '*'),
    minutes: fc.constantFrom(0, 5, 15, 20, 45, 90),
    costMinor: fc.constant(0n),
  }),
  { selector: ({ from, to }) => `${from} ${to}`, maxLength: 9 },
);
const closed = fc.array(fc.tuple(slot, fc.integer({ min: 1, max: 20 })), { maxLength: 4 });
const act = fc.record({
  take: fc.integer({ min: 0, max: 3 }).map((kind) => kind > 0),
  slot,
  steps: fc.integer({ min: 1, max: 8 }),
  family,
  expires: fc.constantFrom(null, null, null, -1, 1),
});
export const world = fc.record({
  rows,
  closed,
  acts: fc.array(act, { minLength: 1, maxLength: 30 }),
  before: fc.option(fc.record({ family, untilMinute: fc.nat(8).map((steps) => steps * STEP) })),
  nowSlot: fc.nat(20),
});

interface Run {
  timeline: StationTimeline;
  /** The claims as they were written: id to start. */
  written: Map<string, number>;
  model: (claims: readonly StationClaim[]) => Minutes;
  matrix: ReturnType<typeof matrixOf>;
  now: number;
}

/** Plays inserts and removals as a caller does, each step given to `check`. */
export function play(
  {
    rows: table,
    closed: holes,
    acts,
    before,
    nowSlot,
  }: typeof world extends fc.Arbitrary<infer W> ? W : never,
  check: (run: Run, each: (typeof acts)[number]) => void,
): void {
  const { open, windows } = hoursOf(holes);
  const matrix = matrixOf(table);
  const nowMinute = Math.min(nowSlot * STEP, LENGTH);
  const now = instant(nowMinute);
  const needed = (from: string | null, to: string | null) => matrix.between(from, to).minutes;
  const model = (claims: readonly StationClaim[]) =>
    new Minutes(open, claims, before ?? { family: null, untilMinute: null }, needed, nowMinute);
  const start: StationTimeline = {
    stationId: 's',
    number: 1,
    open: windows,
    knownFromAt: START,
    familyBefore: before?.family ?? null,
    busyUntil: before ? instant(before.untilMinute) : null,
    claims: [],
  };
  const run: Run = { timeline: start, written: new Map(), model, matrix, now };
  for (const [index, each] of acts.entries()) {
    check(run, each);
    const live = run.timeline.claims.filter(({ expiresAt }) => expiresAt === null || now < expiresAt);
    if (each.take) {
      const window = { fromAt: instant(each.slot * STEP), toAt: instant((each.slot + each.steps) * STEP) };
      const placed = placeOnStation(run.timeline, matrix, window, each.family, now);
      expect(placed !== null).toBe(
        model(live).accepts(each.slot * STEP, (each.slot + each.steps) * STEP, each.family),
      );
      if (!placed) continue;
      if (placed.successor) run.written.set(placed.successor.id, placed.successor.claimFromAt);
      const expiresAt = each.expires === null ? null : now + each.expires;
      const id = `c${index}`;
      if (expiresAt === null || now < expiresAt) run.written.set(id, placed.claimFromAt);
      const claim = Object.freeze({ id, ...window, family: each.family, expiresAt });
      run.timeline = Object.freeze({
        ...run.timeline,
        claims: Object.freeze([...run.timeline.claims, claim]),
      });
    } else {
      const ended = run.timeline.claims[each.slot % Math.max(1, run.timeline.claims.length)];
      if (!ended) continue;
      const successor = removeFromStation(run.timeline, matrix, ended.id, now);
      run.written.delete(ended.id);
      if (successor) run.written.set(successor.id, successor.claimFromAt);
      run.timeline = { ...run.timeline, claims: run.timeline.claims.filter((claim) => claim !== ended) };
    }
  }
  check(run, acts[0] ?? { take: true, slot: 0, steps: 1, family: 'black', expires: null });
}

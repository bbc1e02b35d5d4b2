import type { EventsRead } from '../booking/index.js';

// However long a transaction runs that has taken a number: this long it is waited for, and no longer.
const WAIT_MS = 60_000;
// A transaction may take its number a moment before PostgreSQL counts it as one that writes.
const AT_LEAST_MS = 2000;
// Numbers are skipped by every refusal; a jump by more than this is no run of refusals.
const MOST_MISSING = 20_000;

interface Missing {
  readonly sinceMs: number;
  /** Every transaction with a smaller number has ended by then: if it is not there now, it never will be. */
  readonly before: bigint;
}

/**
 * Which numbers of a sequence were seen. Numbers are taken in order but appear in the order of commits, and some never
 * do; so a number that is passed over is asked for again until no transaction can still be holding it.
 */
export class SequenceTracker {
  private readonly passedOver = new Map<number, Missing>();

  /** `position`: the greatest number that was seen. */
  constructor(public position: number) {}

  get missing(): number[] {
    return [...this.passedOver.keys()];
  }

  /** Takes note of what a read found; `nowMs` of any clock that only goes forward. */
  take({ events, oldestRunning, nextToStart }: EventsRead, nowMs: number): void {
    const before = BigInt(nextToStart);
    for (const { sequence } of events) {
      this.passedOver.delete(sequence);
      const from = Math.max(this.position + 1, sequence - MOST_MISSING);
      for (let number = from; number < sequence; number += 1)
        this.passedOver.set(number, { sinceMs: nowMs, before });
      this.position = Math.max(this.position, sequence);
    }
    this.forget(BigInt(oldestRunning), nowMs);
  }

  private forget(oldestRunning: bigint, nowMs: number): void {
    for (const [number, { sinceMs, before }] of this.passedOver) {
      const waitedMs = nowMs - sinceMs;
      const nobodyHasIt = oldestRunning >= before && waitedMs >= AT_LEAST_MS;
      if (nobodyHasIt || waitedMs >= WAIT_MS) this.passedOver.delete(number);
    }
    const excess = this.passedOver.size - MOST_MISSING;
    for (const number of this.missing.slice(0, Math.max(excess, 0))) this.passedOver.delete(number);
  }
}

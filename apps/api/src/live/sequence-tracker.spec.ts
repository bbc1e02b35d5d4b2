import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SequenceTracker } from './sequence-tracker.js';

const seen = (numbers: readonly number[], running: bigint, next = running) => ({
  events: numbers.map((sequence) => ({ sequence, coopId: '', bookingId: '', stationId: '' })),
  oldestRunning: String(running),
  nextToStart: String(next),
});

describe('the numbers of a sequence', () => {
  it('are asked for again when they were passed over, until they come', () => {
    const tracker = new SequenceTracker(10);
    tracker.take(seen([11, 14], 5n, 9n), 0);
    expect([tracker.position, tracker.missing]).toEqual([14, [12, 13]]);
    tracker.take(seen([13], 5n, 9n), 100);
    expect([tracker.position, tracker.missing]).toEqual([14, [12]]);
  });

  it('are given up when no transaction can hold them any more, and not a moment after they were missed', () => {
    const tracker = new SequenceTracker(0);
    tracker.take(seen([2], 5n, 9n), 0);
    tracker.take(seen([], 8n, 20n), 5000);
    expect(tracker.missing).toEqual([1]);
    tracker.take(seen([], 9n, 20n), 1999);
    expect(tracker.missing).toEqual([1]);
    tracker.take(seen([], 9n, 20n), 2000);
    expect(tracker.missing).toEqual([]);
  });

  it('are waited for no longer than a minute', () => {
    const tracker = new SequenceTracker(0);
    tracker.take(seen([2], 5n, 9n), 0);
    tracker.take(seen([], 5n, 9n), 59_999);
    expect(tracker.missing).toEqual([1]);
    tracker.take(seen([], 5n, 9n), 60_000);
    expect(tracker.missing).toEqual([]);
  });

  it('may jump far without filling the memory', () => {
    const tracker = new SequenceTracker(0);
    tracker.take(seen([5_000_000, 9_000_000], 5n, 9n), 0);
    expect(tracker.position).toBe(9_000_000);
    expect(tracker.missing.length).toBeLessThanOrEqual(20_000);
  });

  it('are each found once, in whatever order they appear', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        fc.array(fc.nat(4), { minLength: 60, maxLength: 60 }),
        (order, chunks) => {
          const visible: number[] = [];
          const tracker = new SequenceTracker(0);
          const found: number[] = [];
          const waiting = [...order];
          while (waiting.length > 0 || found.length < order.length) {
            visible.push(...waiting.splice(0, 1 + (chunks.pop() ?? 0)));
            const { position, missing } = tracker;
            const read = visible
              .filter((number) => number > position || missing.includes(number))
              .sort((a, b) => a - b);
            found.push(...read);
            tracker.take(seen(read, 5n, 9n), 0);
          }
          expect(found.sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b));
        },
      ),
    );
  });
});

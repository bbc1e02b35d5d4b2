import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countFree } from './count-free.js';
import { mergeWindows, type Window } from './window.js';

const windows = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })), { maxLength: 6 })
  .map((pairs): Window[] =>
    mergeWindows(pairs.map(([fromAt, length]) => ({ fromAt, toAt: fromAt + length }))),
  );

describe('countFree', () => {
  it('splits where a station becomes free or taken', () => {
    const counted = countFree([[{ fromAt: 0, toAt: 10 }], [{ fromAt: 4, toAt: 12 }]]);
    expect(counted).toEqual([
      { fromAt: 0, toAt: 4, count: 1 },
      { fromAt: 4, toAt: 10, count: 2 },
      { fromAt: 10, toAt: 12, count: 1 },
    ]);
  });

  it('does not split where one station takes over from another', () => {
    expect(countFree([[{ fromAt: 0, toAt: 5 }], [{ fromAt: 5, toAt: 9 }]])).toEqual([
      { fromAt: 0, toAt: 9, count: 1 },
    ]);
  });

  it('counts at each moment the stations that are free then', () => {
    fc.assert(
      fc.property(fc.array(windows, { maxLength: 5 }), (free) => {
        const counted = countFree(free);
        for (let at = 0; at <= 80; at += 1) {
          const holds = ({ fromAt, toAt }: Window): boolean => fromAt <= at && at < toAt;
          const expected = free.filter((list) => list.some(holds)).length;
          expect(counted.find(holds)?.count ?? 0).toBe(expected);
        }
        for (const [index, window] of counted.entries()) {
          const next = counted[index + 1];
          expect(next?.fromAt !== window.toAt || next.count !== window.count).toBe(true);
        }
      }),
    );
  });
});

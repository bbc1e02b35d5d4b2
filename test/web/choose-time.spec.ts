import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookable, dragged, withEdge } from '../../apps/web/src/lib/choose-time.ts';

const allowed = { gridMinutes: 30, maxMinutes: 180 };
const free = { from: 485, to: 1199 };

describe('choosing a time with the pointer', () => {
  it('books only whole steps of the grid inside what is free', () => {
    expect(bookable(free, allowed)).toEqual({ from: 510, to: 1170 });
    expect(bookable({ from: 485, to: 530 }, allowed)).toBeNull();
  });

  it('takes the steps that were dragged over, in either direction', () => {
    expect(dragged(free, allowed, 605, 650)).toEqual({ from: 600, to: 660 });
    expect(dragged(free, allowed, 650, 605)).toEqual({ from: 600, to: 660 });
    expect(dragged(free, allowed, 605, 606)).toEqual({ from: 600, to: 630 });
  });

  it('stops at the longest booking, where the drag began', () => {
    expect(dragged(free, allowed, 600, 1100)).toEqual({ from: 600, to: 780 });
    expect(dragged(free, allowed, 1100, 600)).toEqual({ from: 930, to: 1110 });
  });

  it('never leaves the free time, the grid or the lengths that the cell allows', () => {
    const minute = fc.integer({ min: 0, max: 1440 });
    fc.assert(
      fc.property(
        minute,
        minute,
        minute,
        minute,
        fc.constantFrom(5, 15, 30, 60),
        (a, b, anchor, at, gridMinutes) => {
          const span = { from: Math.min(a, b), to: Math.max(a, b) };
          const cell = { gridMinutes, maxMinutes: gridMinutes * 5 };
          const chosen = dragged(span, cell, anchor, at);
          const edges =
            chosen && (['from', 'to'] as const).map((edge) => withEdge(chosen, edge, at, span, cell));
          for (const { from, to } of [chosen, ...(edges ?? [])].filter((one) => one !== null)) {
            expect(from).toBeGreaterThanOrEqual(span.from);
            expect(to).toBeLessThanOrEqual(span.to);
            expect([from % gridMinutes, to % gridMinutes]).toEqual([0, 0]);
            expect(to - from).toBeGreaterThanOrEqual(gridMinutes);
            expect(to - from).toBeLessThanOrEqual(cell.maxMinutes);
          }
        },
      ),
    );
  });
});

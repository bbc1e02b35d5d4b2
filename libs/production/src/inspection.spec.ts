import { describe, expect, it } from '@jest/globals';
import { decideInspection, type LotOperation, type UnitState } from './inspection.js';

const fresh = { checkedIn: false, checkedOut: false };
const begun = { checkedIn: true, checkedOut: false };
const ended = { checkedIn: true, checkedOut: true };
const print = (...bookings: LotOperation['bookings'][number][]): LotOperation => ({
  name: 'Print',
  cellKind: 'print',
  bookings,
});
const check = (...bookings: LotOperation['bookings'][number][]): LotOperation => ({
  name: 'Check',
  cellKind: 'qa',
  bookings,
});

describe('an inspection', () => {
  it.each<[string, LotOperation[], string]>([
    ['every operation is done', [print(ended), check(ended)], 'InspectionAllowed'],
    ['the inspection itself is going on', [print(ended), check(begun)], 'InspectionAllowed'],
    ['the recipe has no inspection of its own', [print(ended)], 'InspectionAllowed'],
    ['a step is going on', [print(begun), check(begun)], 'NotReady'],
    ['a step has not begun', [print(fresh), check(begun)], 'NotReady'],
    ['the inspection has not begun', [print(ended), check(fresh)], 'NotReady'],
    ['one of two bookings of a step is open', [print(ended, begun), check(begun)], 'NotReady'],
    ['a step has no booking', [print(ended), check()], 'NotReady'],
    ['there is no step at all', [], 'NotReady'],
  ])('when %s', (_when, operations, kind) => {
    expect(decideInspection('planned', operations).kind).toBe(kind);
  });

  it('waits for each operation in turn', () => {
    expect(decideInspection('planned', [print(begun), check(fresh)])).toMatchObject({
      message: '"Print" is not done. Check it in and out first, then record the quality.',
    });
    expect(decideInspection('planned', [print(ended), check(fresh)])).toMatchObject({
      message: '"Check" is not done. Check it in first, then record the quality.',
    });
    expect(decideInspection('planned', [print(), check()])).toMatchObject({
      message: expect.stringContaining('no place on the machines'),
    });
  });

  it.each<UnitState>(['passed', 'failed', 'handed_over'])(
    'is over once the unit has been inspected: %s',
    (state) => {
      expect(decideInspection(state, [print(ended)])).toEqual({ kind: 'AlreadyInspected' });
    },
  );
});

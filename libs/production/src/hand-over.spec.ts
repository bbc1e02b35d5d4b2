import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideHandOver, isReplaced, type OrderedUnit } from './hand-over.js';

const passed: OrderedUnit = { state: 'passed', remedy: null };
const planned: OrderedUnit = { state: 'planned', remedy: null };
const remade: OrderedUnit = { state: 'failed', remedy: 'remake' };
const refunded: OrderedUnit = { state: 'failed', remedy: 'refund' };

describe('a hand-over', () => {
  it.each<[string, OrderedUnit[], string]>([
    ['every unit has passed', [passed, passed], 'HandOverAllowed'],
    ['the rest was refunded', [passed, refunded], 'HandOverAllowed'],
    ['a failed unit was made again and passed', [remade, passed], 'HandOverAllowed'],
    ['a failed unit is being made again', [passed, remade, planned], 'NotReady'],
    ['a unit is not inspected', [passed, planned], 'NotReady'],
    ['every unit was refunded', [refunded, refunded], 'NotReady'],
    ['nothing was made', [], 'NotReady'],
  ])('when %s', (_when, units, kind) => {
    expect(decideHandOver('kept', units).kind).toBe(kind);
  });

  it('is allowed exactly when every unit is settled and one has passed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(passed, planned, remade, refunded)), (units) => {
        const whole = !units.includes(planned) && units.includes(passed);
        return (decideHandOver('kept', units).kind === 'HandOverAllowed') === whole;
      }),
    );
  });

  it('counts the pieces that are waited for, without those that were replaced', () => {
    expect(decideHandOver('kept', [passed, remade, planned])).toMatchObject({
      message: '1 of 2 pieces of this order have not passed yet. Record their quality first.',
    });
    expect([passed, planned, remade, refunded].filter(isReplaced)).toEqual([remade]);
  });

  it.each(['awaiting_payment', 'paid', 'declined', 'expired', 'refunded', 'handed_over'])(
    'is refused for an order that is %s',
    (state) => {
      expect(decideHandOver(state, [passed]).kind).toBe('NotReady');
    },
  );
});

import type { UnitState } from './inspection.js';

/** What is done about a failed unit: it is made again, or its price goes back. */
export type Remedy = 'remake' | 'refund';

/** A unit of the order that is to be handed over. */
export interface OrderedUnit {
  readonly state: UnitState;
  readonly remedy: Remedy | null;
}

export type HandOverDecision =
  { readonly kind: 'HandOverAllowed' } | { readonly kind: 'NotReady'; readonly message: string };

/** True when the unit was replaced by another one, so that it no longer counts among the pieces of its order. */
export function isReplaced({ state, remedy }: OrderedUnit): boolean {
  return state === 'failed' && remedy === 'remake';
}

/** Decides whether an order may be handed over: kept, every unit passed or refunded, and at least one passed. */
export function decideHandOver(orderState: string, units: readonly OrderedUnit[]): HandOverDecision {
  if (orderState === 'handed_over')
    return { kind: 'NotReady', message: 'This order is handed over already. Nothing is left to do.' };
  if (orderState !== 'kept')
    return {
      kind: 'NotReady',
      message: `This order is ${orderState.replace('_', ' ')}. Only an order whose pieces were made can be handed over.`,
    };
  const counted = units.filter((unit) => !isReplaced(unit));
  const waiting = counted.filter((unit) => unit.state === 'planned').length;
  if (waiting > 0)
    return {
      kind: 'NotReady',
      message: `${waiting} of ${counted.length} pieces of this order have not passed yet. Record their quality first.`,
    };
  if (counted.some((unit) => unit.state === 'passed')) return { kind: 'HandOverAllowed' };
  return {
    kind: 'NotReady',
    message: 'No piece of this order has passed, so there is nothing to hand over.',
  };
}

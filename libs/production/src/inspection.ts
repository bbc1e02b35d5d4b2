/** Where a unit stands: to be made, passed with a serial, failed, or in the hands of its buyer. */
export type UnitState = 'planned' | 'passed' | 'failed' | 'handed_over';

/** The kind of cell on which units are inspected: its operation is still going on while quality is recorded. */
export const QUALITY_CELL_KIND = 'qa';

/** One booking of an operation: whether the work began and whether it ended. */
export interface OperationWork {
  readonly checkedIn: boolean;
  readonly checkedOut: boolean;
}

/** One step of a lot with everything that is booked for it. */
export interface LotOperation {
  readonly name: string;
  readonly cellKind: string;
  readonly bookings: readonly OperationWork[];
}

export type InspectionDecision =
  | { readonly kind: 'InspectionAllowed' }
  | { readonly kind: 'AlreadyInspected' }
  | { readonly kind: 'NotReady'; readonly message: string };

function isDone({ cellKind, bookings }: LotOperation): boolean {
  if (bookings.length === 0) return false;
  return cellKind === QUALITY_CELL_KIND
    ? bookings.every((booking) => booking.checkedIn)
    : bookings.every((booking) => booking.checkedOut);
}

/** Decides whether a unit in `unitState` may be inspected, given every operation of its lot. */
export function decideInspection(
  unitState: UnitState,
  operations: readonly LotOperation[],
): InspectionDecision {
  if (unitState !== 'planned') return { kind: 'AlreadyInspected' };
  const open = operations.find((operation) => !isDone(operation));
  if (open === undefined && operations.length > 0) return { kind: 'InspectionAllowed' };
  if (open === undefined) return { kind: 'NotReady', message: 'Nothing of this lot has been made yet.' };
  if (open.bookings.length === 0)
    return {
      kind: 'NotReady',
      message: `"${open.name}" has no place on the machines yet. It is planned as soon as a cell of kind "${open.cellKind}" is free.`,
    };
  const mend = open.cellKind === QUALITY_CELL_KIND ? 'Check it in first' : 'Check it in and out first';
  return { kind: 'NotReady', message: `"${open.name}" is not done. ${mend}, then record the quality.` };
}

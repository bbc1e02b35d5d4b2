/** One step of a recipe for a whole run: `minutes` of work on one station of a cell of this kind. */
export interface RunOperation {
  readonly position: number;
  readonly cellKind: string;
  readonly minutes: number;
}

/** Thrown when code, not a person, asks to place what is no recipe. */
export class ScheduleInputError extends Error {
  override readonly name = 'ScheduleInputError';
}

/** The minutes an operation takes from a calendar: rounded up to whole steps of the cell's grid. */
export function claimedMinutes(minutes: number, gridMinutes: number): number {
  return Math.ceil(minutes / gridMinutes) * gridMinutes;
}

/** The operations by position; throws ScheduleInputError for what is no recipe. */
export function inOrder<Operation extends RunOperation>(operations: readonly Operation[]): Operation[] {
  const sorted = operations.toSorted((a, b) => a.position - b.position);
  for (const [index, { position, minutes }] of sorted.entries()) {
    if (!Number.isSafeInteger(minutes) || minutes < 1) {
      throw new ScheduleInputError(
        `Operation ${position} takes ${minutes} minutes. Give whole minutes, 1 or more.`,
      );
    }
    if (sorted[index - 1]?.position === position) {
      throw new ScheduleInputError(`Two operations stand at position ${position}. Number them apart.`);
    }
  }
  if (sorted.length === 0)
    throw new ScheduleInputError('A run without operations was to be placed. Give its recipe.');
  return sorted;
}

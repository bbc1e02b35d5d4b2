import { type Window } from '@touchmark/calendar';
import { earliestOn, type Placement, type StationTime } from './earliest.js';
import type { RunCell, RunOperation } from './run.js';

/** One stretch of work of an operation on a station, half-open, in epoch milliseconds. */
export interface RunChunk extends Window {
  readonly position: number;
  readonly cellId: string;
  readonly stationId: string;
}

export type RunPlacement =
  | { readonly kind: 'RunPlaced'; readonly chunks: readonly RunChunk[]; readonly endsAt: number }
  | {
      readonly kind: 'NoCapacity';
      readonly position: number;
      readonly cellKind: string;
      readonly horizonAt: number;
      readonly message: string;
    };

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

/** Sooner done is better; then fewer pieces, a later start (less waiting half done), and the ids, so that it is decided. */
export function soonerDone(a: Placement, b: Placement): number {
  const startOf = ({ chunks }: Placement): number => chunks[0]?.fromAt ?? 0;
  return (
    a.endsAt - b.endsAt ||
    a.chunks.length - b.chunks.length ||
    startOf(b) - startOf(a) ||
    (a.cellId < b.cellId ? -1 : a.cellId > b.cellId ? 1 : a.stationId < b.stationId ? -1 : 1)
  );
}

/**
 * Places a run as early as it can be: each operation in recipe order on the station where it is done first, after
 * the one before it has ended. An operation stays on one station; closing times and other people's bookings may
 * part it into chunks on the grid, none shorter than a grid step. NoCapacity names the operation that does not end
 * by the horizon. Claims of the run itself need not be passed as busy: its operations follow each other.
 */
export function placeRun(input: {
  readonly operations: readonly RunOperation[];
  readonly cells: readonly RunCell[];
  readonly earliestAt: number;
  readonly horizonAt: number;
}): RunPlacement {
  const { cells, earliestAt, horizonAt } = input;
  const chunks: RunChunk[] = [];
  let endsAt = earliestAt;
  for (const { position, cellKind, minutes } of inOrder(input.operations)) {
    const bounds = { fromAt: endsAt, toAt: horizonAt };
    const places = cells
      .filter((cell) => cell.cellKind === cellKind)
      .flatMap((cell) => cell.stations.map((station): StationTime => ({ cell, station })))
      .map((time) => earliestOn(time, claimedMinutes(minutes, time.cell.gridMinutes), bounds))
      .filter((place) => place !== null);
    const [best] = places.sort(soonerDone);
    if (!best) {
      const message =
        `No ${cellKind} cell has ${minutes} free minutes for operation ${position} before the horizon. ` +
        'Free some time, open longer or look further ahead.';
      return { kind: 'NoCapacity', position, cellKind, horizonAt, message };
    }
    const { cellId, stationId } = best;
    chunks.push(...best.chunks.map(({ fromAt, toAt }) => ({ position, cellId, stationId, fromAt, toAt })));
    endsAt = best.endsAt;
  }
  return { kind: 'RunPlaced', chunks, endsAt };
}

import {
  clip,
  freeForFamily,
  gridWindows,
  MINUTE_MS,
  type ChangeoverMatrix,
  type StationTimeline,
  type Window,
} from '@touchmark/calendar';
import { claimedMinutes, inOrder, type RunOperation } from './run.js';

/** An operation and what its station must be set up for; null stands for the default of the cell. */
export interface WorkOperation extends RunOperation {
  readonly family: string | null;
}

/** A cell with its changeovers and the timelines of its stations, loaded up to the horizon. */
export interface WorkCell {
  readonly cellId: string;
  readonly cellKind: string;
  readonly zone: string;
  readonly gridMinutes: number;
  readonly matrix: ChangeoverMatrix;
  readonly defaultFamily: string | null;
  /** The only windows that may be used, in any order; null when every open window may be. */
  readonly allowed: readonly Window[] | null;
  readonly stations: readonly StationTimeline[];
}

/** One stretch of work on a station, half-open, in epoch milliseconds; its changeover comes before it. */
export interface WorkChunk extends Window {
  readonly position: number;
  readonly cellId: string;
  readonly stationId: string;
  readonly family: string | null;
}

export type WorkPlacement =
  | { readonly kind: 'WorkPlaced'; readonly chunks: readonly WorkChunk[]; readonly endsAt: number }
  | { readonly kind: 'NoCapacity'; readonly position: number; readonly cellKind: string };

interface StationPlace {
  readonly cellId: string;
  readonly stationId: string;
  readonly chunks: readonly Window[];
  readonly endsAt: number;
  readonly family: string | null;
  readonly after: StationTimeline;
}

/** Sooner done is better; then fewer pieces, a later start (less waiting half done), and the ids, so that it is decided. */
function soonerDone(a: StationPlace, b: StationPlace): number {
  const startOf = ({ chunks }: StationPlace): number => chunks[0]?.fromAt ?? 0;
  return (
    a.endsAt - b.endsAt ||
    a.chunks.length - b.chunks.length ||
    startOf(b) - startOf(a) ||
    (a.cellId < b.cellId ? -1 : a.cellId > b.cellId ? 1 : a.stationId < b.stationId ? -1 : 1)
  );
}

/** The moments that belong to a window of both lists. */
function shared(windows: readonly Window[], allowed: readonly Window[] | null): Window[] {
  if (allowed === null) return [...windows];
  return windows.flatMap((window) =>
    allowed.map((part) => clip(window, part)).filter((part) => part !== null),
  );
}

function familyIn(cell: WorkCell, { family }: WorkOperation): string | null | undefined {
  if (family === null) return cell.defaultFamily;
  return cell.matrix.families.includes(family) ? family : undefined;
}

/** The earliest chunks on one station, each with the changeovers around it; null when they do not fit into the bounds. */
function earliestFor(
  cell: WorkCell,
  station: StationTimeline,
  operation: WorkOperation,
  bounds: Window,
  now: number,
): StationPlace | null {
  const family = familyIn(cell, operation);
  if (family === undefined) return null;
  let leftMs = claimedMinutes(operation.minutes, cell.gridMinutes) * MINUTE_MS;
  let after = station;
  const chunks: Window[] = [];
  while (leftMs > 0) {
    const open = { fromAt: chunks.at(-1)?.toAt ?? bounds.fromAt, toAt: bounds.toAt };
    const usable = shared(freeForFamily(after, cell.matrix, family, now, open), cell.allowed);
    const taken: Window[] = [];
    for (const window of gridWindows(cell.zone, cell.gridMinutes, usable)) {
      const toAt = Math.min(window.toAt, window.fromAt + leftMs);
      taken.push({ fromAt: window.fromAt, toAt });
      leftMs -= toAt - window.fromAt;
      // Where going on with the same family takes a changeover, what is free behind a chunk is another question.
      if (leftMs === 0 || cell.matrix.between(family, family).minutes > 0) break;
    }
    if (taken.length === 0 || (leftMs > 0 && cell.matrix.between(family, family).minutes === 0)) return null;
    chunks.push(...taken);
    after = withChunks(after, taken, family, operation.position);
  }
  const endsAt = chunks.at(-1)?.toAt ?? bounds.fromAt;
  return { cellId: cell.cellId, stationId: station.stationId, chunks, endsAt, family, after };
}

function withChunks(
  station: StationTimeline,
  chunks: readonly Window[],
  family: string | null,
  position: number,
): StationTimeline {
  const claims = chunks.map((chunk) => ({
    ...chunk,
    ...{ id: `${position} ${chunk.fromAt}`, family, expiresAt: null },
  }));
  return { ...station, claims: [...station.claims, ...claims] };
}

/**
 * Places work as early as it can be: each operation in recipe order on the station where it is done first, after the one
 * before it has ended, with the changeovers that families take before and after it, inside the windows that each cell
 * allows. An operation stays on one station; closing times and other people's bookings may part it into chunks on the
 * grid, none shorter than a grid step, and what a chunk needs after another one of the same work is kept as well. What is
 * placed counts for the operations after it. NoCapacity names the operation that does not end by the horizon; instants
 * are epoch milliseconds.
 */
export function placeWork(input: {
  readonly operations: readonly WorkOperation[];
  readonly cells: readonly WorkCell[];
  readonly earliestAt: number;
  readonly horizonAt: number;
  readonly now: number;
}): WorkPlacement {
  const { horizonAt, now } = input;
  let { cells, earliestAt: endsAt } = input;
  const placed: WorkChunk[] = [];
  for (const operation of inOrder(input.operations)) {
    const { position, cellKind } = operation;
    const bounds = { fromAt: endsAt, toAt: horizonAt };
    const places = cells
      .filter((cell) => cell.cellKind === cellKind)
      .flatMap((cell) => cell.stations.map((station) => earliestFor(cell, station, operation, bounds, now)))
      .filter((place) => place !== null);
    const [best] = places.sort(soonerDone);
    if (best === undefined) return { kind: 'NoCapacity', position, cellKind };
    const { cellId, stationId, family } = best;
    placed.push(...best.chunks.map((chunk) => ({ ...chunk, position, cellId, stationId, family })));
    endsAt = best.endsAt;
    cells = cells.map((cell) =>
      cell.cellId === cellId
        ? {
            ...cell,
            stations: cell.stations.map((other) => (other.stationId === stationId ? best.after : other)),
          }
        : cell,
    );
  }
  return { kind: 'WorkPlaced', chunks: placed, endsAt };
}

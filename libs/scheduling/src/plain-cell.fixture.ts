import { changeoverMatrix, mergeWindows, type Window } from '@touchmark/calendar';
import type { WorkCell } from './place-work.js';

/** A cell of one zone and grid with its open windows, and what its stations are busy with, in any order. */
export interface PlainCell extends Pick<WorkCell, 'cellId' | 'cellKind' | 'zone' | 'gridMinutes'> {
  readonly open: readonly Window[];
  readonly stations: readonly { readonly stationId: string; readonly busy: readonly Window[] }[];
}

/** A cell whose stations are set up for nothing in particular: no changeover is ever needed. */
export function plainCell({ open, stations, ...cell }: PlainCell): WorkCell {
  return {
    ...{ ...cell, matrix: changeoverMatrix([], []), defaultFamily: null, allowed: null },
    stations: stations.map(({ stationId, busy }, index) => ({
      ...{ stationId, number: index + 1, open, familyBefore: null, busyUntil: null },
      claims: mergeWindows(busy).map((window) => ({
        ...window,
        ...{ id: String(window.fromAt), family: null, expiresAt: null },
      })),
    })),
  };
}

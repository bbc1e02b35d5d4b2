import type { Window } from '@touchmark/calendar';

/** One step of a recipe for a whole run: `minutes` of work on one station of a cell of this kind. */
export interface RunOperation {
  readonly position: number;
  readonly cellKind: string;
  readonly minutes: number;
}

/** A cell with its zone, its grid, and the windows in which it is open and its stations are busy, up to the horizon. */
export interface RunCell {
  readonly cellId: string;
  readonly cellKind: string;
  readonly zone: string;
  readonly gridMinutes: number;
  readonly open: readonly Window[];
  readonly stations: readonly { readonly stationId: string; readonly busy: readonly Window[] }[];
}

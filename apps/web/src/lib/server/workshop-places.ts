import { type Hours } from '#lib/hours-words.ts';
import { windowWords } from '#lib/offer-words.ts';

/** A workshop, a cell or a station of it, as what can have hours and be closed. */
export interface Place {
  /** The id of the cell or station; empty for the workshop. */
  readonly id: string;
  readonly name: string;
  readonly cellId: string | null;
  readonly stationId: string | null;
}

interface Cell {
  readonly id: string;
  readonly name: string;
  readonly stations: readonly { readonly id: string; readonly number: number }[];
  readonly ownHours: readonly (Hours & { readonly stationId: string | null })[];
}

const WORKSHOP: Place = { id: '', name: 'The whole workshop', cellId: null, stationId: null };

/** The workshop, then each cell with its stations after it. */
export const placesOf = (cells: readonly Cell[]): Place[] => [
  WORKSHOP,
  ...cells.flatMap(({ id, name, stations }) => [
    { id, name, cellId: id, stationId: null },
    ...stations.map((station) => ({
      ...{ id: station.id, name: `${name} ${String(station.number)}` },
      ...{ cellId: id, stationId: station.id },
    })),
  ]),
];

/** The hours that a place has of its own; those of the workshop are its opening hours. */
export function hoursOf(
  place: Place,
  floor: { readonly openingHours: readonly Hours[]; readonly cells: readonly Cell[] },
): readonly Hours[] {
  if (place.cellId === null) return floor.openingHours;
  const cell = floor.cells.find(({ id }) => id === place.cellId);
  return (cell?.ownHours ?? []).filter(({ stationId }) => stationId === place.stationId);
}

/** Each place that has hours of its own, with them in words. */
export const ownHoursOf = (places: readonly Place[], floor: Parameters<typeof hoursOf>[1]) =>
  places
    .map((place) => ({ id: place.id, name: place.name, words: windowWords(hoursOf(place, floor)) }))
    .filter(({ id, words }) => id === '' || words.length > 0);

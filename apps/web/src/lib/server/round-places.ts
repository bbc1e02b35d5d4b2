import type { Api } from './api.ts';
import { cellChoices } from './documents/rounds.ts';

/** Where the slots of a round are: the name of the cell, the numbers of its stations, its clock. */
export interface RoundPlace {
  readonly cell: string;
  readonly zone: string;
  readonly stations: Readonly<Record<string, number>>;
}

/** The cells of a co-op, to be looked up by those of its rounds. */
export async function roundPlaces(api: Api, coopId: string) {
  const { workshops } = await api.ask(cellChoices, { coopId });
  const cells = workshops.edges.flatMap(({ node }) =>
    node.cells.map((cell) => ({ ...cell, zone: node.timeZone, workshop: node.name })),
  );
  return {
    cells,
    ofCell: (cellId: string): RoundPlace => {
      const cell = cells.find(({ id }) => id === cellId);
      return {
        cell: cell?.name ?? 'a cell that is gone',
        zone: cell?.zone ?? 'UTC',
        stations: Object.fromEntries((cell?.stations ?? []).map(({ id, number }) => [id, number])),
      };
    },
  };
}

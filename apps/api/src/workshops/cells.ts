import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import { CellsRepository, type CellKey, type StationRow } from './cells.repository.js';
import type { CellType } from './workshop.types.js';

/** A cell with its stations, by number. */
type CellWithStations = CellType & { readonly stationIds: readonly string[] };

/** What other features may ask about cells and stations. */
@Injectable()
export class Cells {
  constructor(@Inject(CellsRepository) private readonly cells: CellsRepository) {}

  /** The cells of a co-op that are of one of these kinds, by ascending id. */
  async ofKind(q: Queryable, coopId: string, kinds: readonly string[]): Promise<CellWithStations[]> {
    return this.withStations(q, await this.cells.ofKinds(q, coopId, kinds));
  }

  byIds(q: Queryable, keys: readonly CellKey[]): Promise<CellType[]> {
    return this.cells.byIds(q, keys);
  }

  /** The ids of the cells of a workshop, or of the one named when it is of that workshop. */
  async idsIn(
    q: Queryable,
    place: { readonly coopId: string; readonly workshopId: string; readonly cellId: string | null },
  ): Promise<string[]> {
    const cells = await this.cells.ofWorkshops(q, [{ coopId: place.coopId, id: place.workshopId }]);
    return cells.map(({ id }) => id).filter((id) => place.cellId === null || id === place.cellId);
  }

  stationsByIds(q: Queryable, keys: readonly CellKey[]): Promise<StationRow[]> {
    return this.cells.stationsByIds(q, keys);
  }

  private async withStations(q: Queryable, cells: readonly CellType[]): Promise<CellWithStations[]> {
    const stations = await this.cells.stationsOf(q, cells);
    return cells.map((cell) => ({
      ...cell,
      stationIds: stations.filter((station) => station.cellId === cell.id).map((station) => station.id),
    }));
  }
}

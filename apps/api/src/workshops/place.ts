import type { Queryable } from '../platform/database/index.js';
import { NotFound, isUuid } from '../platform/graphql/index.js';
import type { CellsRepository } from './cells.repository.js';

/** A whole workshop, one cell of it, or one station, as an input names it. */
export interface NamedPlace {
  readonly coopId: string;
  readonly workshopId: string;
  readonly cellId?: string | null | undefined;
  readonly stationId?: string | null | undefined;
}

/** The same when it is there; a station brings its cell. */
export interface Place {
  readonly kind: 'Place';
  readonly cellId: string | null;
  readonly stationId: string | null;
}

/** The place that an input names inside a workshop that is locked, or what of it does not exist there. */
export async function findPlace(
  cells: CellsRepository,
  q: Queryable,
  { coopId, workshopId, cellId = null, stationId = null }: NamedPlace,
): Promise<Place | NotFound> {
  if (stationId !== null) {
    const [station] = isUuid(stationId) ? await cells.stationsByIds(q, [{ coopId, id: stationId }]) : [];
    if (station === undefined || (cellId !== null && cellId !== station.cellId))
      return new NotFound('station');
    const place = await findPlace(cells, q, { coopId, workshopId, cellId: station.cellId });
    return place.kind === 'NotFound' ? new NotFound('station') : { ...place, stationId };
  }
  if (cellId === null) return { kind: 'Place', cellId, stationId };
  const [cell] = isUuid(cellId) ? await cells.byIds(q, [{ coopId, id: cellId }]) : [];
  return cell?.workshopId === workshopId ? { kind: 'Place', cellId, stationId } : new NotFound('cell');
}

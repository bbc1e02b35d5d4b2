import type { CellType } from '../workshops/index.js';
import type { OccupiedCell } from './occupancy.repository.js';

/** The cell of an occupancy as the schema shows it. */
export function cellOf(cell: OccupiedCell, coopId: string, workshopId: string): CellType {
  const { id, kind, name, gridMinutes, maxMinutes } = cell;
  return {
    coopId,
    workshopId,
    id,
    kind,
    name,
    gridMinutes,
    maxMinutes,
    hourlyRateMinor: BigInt(cell.hourlyRateMinor),
  };
}

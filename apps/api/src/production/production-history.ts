import { Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';

/** One moment in the making of a piece. */
export interface ProductionEvent {
  readonly at: Date;
  readonly text: string;
  readonly station?: string;
}

interface WorkRow {
  readonly operation: string;
  readonly station: string;
  readonly checkedInAt: Date | null;
  readonly checkedOutAt: Date | null;
}

const WORK = `SELECT o.name AS operation, cell.name || ' ' || s.number AS station,
    b.checked_in_at AS "checkedInAt", b.checked_out_at AS "checkedOutAt"
  FROM unit u
  JOIN run_operation o ON o.coop_id = u.coop_id AND o.lot_id = u.lot_id
  JOIN booking b ON b.coop_id = o.coop_id AND b.run_operation_id = o.id
  JOIN station s ON s.coop_id = b.coop_id AND s.id = b.station_id
  JOIN cell ON cell.coop_id = s.coop_id AND cell.id = s.cell_id
  WHERE u.coop_id = $1 AND u.id = $2 ORDER BY o.position, lower(b.during), b.id`;

const INSPECTION = `SELECT outcome, recorded_at AS "recordedAt" FROM quality_record
  WHERE coop_id = $1 AND unit_id = $2`;

/** How a piece was made, for its certificate. */
@Injectable()
export class ProductionHistory {
  /** When work on each operation of the unit began and ended, on which station, and when it was inspected; by time. */
  async ofUnit(q: Queryable, coopId: string, unitId: string): Promise<ProductionEvent[]> {
    const work = await q.query<WorkRow & Record<string, unknown>>(WORK, [coopId, unitId]);
    const inspections = await q.query<{ outcome: string; recordedAt: Date }>(INSPECTION, [coopId, unitId]);
    const events = [
      ...work.flatMap(eventsOf),
      ...inspections.map(({ outcome, recordedAt }) => ({ at: recordedAt, text: `Inspection ${outcome}` })),
    ];
    // The sort is stable, so events of one moment stay in the order of the recipe.
    return events.sort((a, b) => a.at.getTime() - b.at.getTime());
  }
}

function eventsOf({ operation, station, checkedInAt, checkedOutAt }: WorkRow): ProductionEvent[] {
  return [
    ...(checkedInAt === null ? [] : [{ at: checkedInAt, text: `${operation} began`, station }]),
    ...(checkedOutAt === null ? [] : [{ at: checkedOutAt, text: `${operation} ended`, station }]),
  ];
}

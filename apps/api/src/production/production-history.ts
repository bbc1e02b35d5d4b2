import { Inject, Injectable } from '@nestjs/common';
import type { PhotoType } from '@touchmark/production';
import type { Queryable } from '../platform/database/index.js';
import type { ProductionPhotoType } from './photos/photo.types.js';
import { PhotosRepository } from './photos/photos.repository.js';

/** One moment in the making of a piece. */
export interface ProductionEvent {
  readonly at: Date;
  readonly kind: 'operation' | 'quality' | 'photo';
  readonly text: string;
  readonly until?: Date;
  readonly operation?: string;
  readonly station?: string;
  readonly result?: string;
  readonly photo?: { readonly sha256: string; readonly type: PhotoType };
}

interface WorkRow {
  readonly operation: string;
  readonly station: string;
  readonly checkedInAt: Date;
  readonly checkedOutAt: Date | null;
}

const WORK = `SELECT o.name AS operation, cell.name || ' ' || s.number AS station,
    b.checked_in_at AS "checkedInAt", b.checked_out_at AS "checkedOutAt"
  FROM unit u
  JOIN run_operation o ON o.coop_id = u.coop_id AND o.lot_id = u.lot_id
  JOIN booking b ON b.coop_id = o.coop_id AND b.run_operation_id = o.id AND b.checked_in_at IS NOT NULL
  JOIN station s ON s.coop_id = b.coop_id AND s.id = b.station_id
  JOIN cell ON cell.coop_id = s.coop_id AND cell.id = s.cell_id
  WHERE u.coop_id = $1 AND u.id = $2 ORDER BY o.position, lower(b.during), b.id`;

const INSPECTION = `SELECT outcome, recorded_at AS "recordedAt" FROM quality_record
  WHERE coop_id = $1 AND unit_id = $2`;

/** How a piece was made, for its certificate. */
@Injectable()
export class ProductionHistory {
  constructor(@Inject(PhotosRepository) private readonly photos: PhotosRepository) {}

  /**
   * When and where each operation of the unit was worked on, what was photographed before it was inspected, and what the
   * inspection found; by time. Once it passed nothing can come in before, but for the end of the inspection's own booking.
   */
  async ofUnit(q: Queryable, coopId: string, unitId: string): Promise<ProductionEvent[]> {
    const [work, photos, inspections] = await Promise.all([
      q.query<WorkRow & Record<string, unknown>>(WORK, [coopId, unitId]),
      this.photos.ofUnit(q, coopId, unitId),
      q.query<{ outcome: string; recordedAt: Date }>(INSPECTION, [coopId, unitId]),
    ]);
    const events = [
      ...work.map(worked),
      ...photos.map(photographed),
      ...inspections.map(({ outcome, recordedAt }): ProductionEvent => ({
        ...{ at: recordedAt, kind: 'quality', text: `Inspection ${outcome}`, result: outcome },
      })),
    ];
    // The sort is stable, so events of one moment stay in the order of the recipe.
    return events.sort((a, b) => a.at.getTime() - b.at.getTime());
  }
}

function worked({ operation, station, checkedInAt, checkedOutAt }: WorkRow): ProductionEvent {
  const until = checkedOutAt === null ? {} : { until: checkedOutAt };
  return { at: checkedInAt, kind: 'operation', text: operation, operation, station, ...until };
}

function photographed({ addedAt, caption, sha256, type, unitId }: ProductionPhotoType): ProductionEvent {
  const text = caption === '' ? (unitId === null ? 'Photo of the run' : 'Photo of this piece') : caption;
  return { at: addedAt, kind: 'photo', text, photo: { sha256, type } };
}

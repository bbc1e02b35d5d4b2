import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { QualityRecordType } from './production.types.js';
import type { Key } from './runs.repository.js';

const COLUMNS = `q.coop_id AS "coopId", q.unit_id AS "unitId", q.id, q.outcome, q.remedy, q.note,
  q.inspector_id AS "inspectorId", q.recorded_at AS "recordedAt"`;

const INSERT = `INSERT INTO quality_record (coop_id, id, unit_id, outcome, remedy, note, inspector_id, recorded_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

const OF_UNITS = `SELECT ${COLUMNS} FROM quality_record q
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = q.coop_id AND key.id = q.unit_id`;

/** Every statement on quality records: they are written once and read. */
@Injectable()
export class QualityRecordsRepository {
  async insert(tx: Transaction, record: QualityRecordType): Promise<void> {
    const { coopId, id, unitId, outcome, remedy, note, inspectorId, recordedAt } = record;
    await tx.query(INSERT, [coopId, id, unitId, outcome, remedy, note, inspectorId, recordedAt]);
  }

  ofUnits(q: Queryable, units: readonly Key[]): Promise<QualityRecordType[]> {
    return q.query<QualityRecordType>(OF_UNITS, [
      units.map((unit) => unit.coopId),
      units.map((unit) => unit.id),
    ]);
  }
}

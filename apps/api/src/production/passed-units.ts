import { Inject, Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import type { QualityOutcome } from './production.types.js';
import { QualityRecordsRepository } from './quality-records.repository.js';
import { UnitsRepository } from './units.repository.js';

/** A piece that has passed, with the record that says so. */
export interface PassedUnit {
  readonly unitId: string;
  readonly editionId: string;
  readonly serial: number;
  readonly orderId: string;
  readonly runId: string;
  readonly quality: {
    readonly outcome: QualityOutcome;
    readonly recordedAt: Date;
    readonly inspectorId: string;
  };
}

/** What other features may ask about pieces that have passed. */
@Injectable()
export class PassedUnits {
  constructor(
    @Inject(UnitsRepository) private readonly units: UnitsRepository,
    @Inject(QualityRecordsRepository) private readonly records: QualityRecordsRepository,
  ) {}

  /** The passed (or handed over) unit; null when the co-op has none such. */
  async load(q: Queryable, coopId: string, unitId: string): Promise<PassedUnit | null> {
    if (!isUuid(unitId)) return null;
    const unit = await this.units.load(q, coopId, unitId);
    if (unit === null) return null;
    const { editionId, serial, orderId, runId } = unit;
    if (serial === null) return null;
    const [record] = await this.records.ofUnits(q, [unit]);
    if (record === undefined) throw new Error(`unit ${unitId} has a serial but no quality record`);
    const { outcome, recordedAt, inspectorId } = record;
    return { unitId, editionId, serial, orderId, runId, quality: { outcome, recordedAt, inspectorId } };
  }
}

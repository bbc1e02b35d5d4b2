import { Inject, Injectable } from '@nestjs/common';
import { decideInspection, decideQualityInput, type Finding } from '@touchmark/production';
import { Bookings } from '../../booking/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { LotsRepository } from '../lots.repository.js';
import { NotReady, type UnitType } from '../production.types.js';
import { QualityRecordsRepository } from '../quality-records.repository.js';
import { UnitsRepository } from '../units.repository.js';
import {
  AlreadyInspected,
  QualityRecorded,
  type RecordQualityInput,
  type RecordQualityOutcome,
} from './record-quality.types.js';
import { SettleUnit } from './settle-unit.js';

/** Records what an inspector found of a unit: it passes and gets its serial, or fails and is made again or refunded. */
@Injectable()
export class RecordQuality {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(UnitsRepository) private readonly units: UnitsRepository,
    @Inject(LotsRepository) private readonly lots: LotsRepository,
    @Inject(QualityRecordsRepository) private readonly records: QualityRecordsRepository,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(SettleUnit) private readonly settleUnit: SettleUnit,
  ) {}

  async run(inspectorId: string, input: RecordQualityInput): Promise<RecordQualityOutcome> {
    const decided = decideQualityInput({ ...input, remedy: input.remedy ?? null });
    if (decided.kind === 'FieldRefused') return new InputRefused(decided.field, decided.message);
    if (!isUuid(input.unitId)) return new NotFound('unit');
    return this.transactions.run(['QualityRecorded'], (tx) =>
      this.record(tx, inspectorId, input, decided.finding),
    );
  }

  private async record(
    tx: Transaction,
    inspectorId: string,
    input: RecordQualityInput,
    finding: Finding,
  ): Promise<RecordQualityOutcome> {
    const { coopId, unitId: subjectId, requestId } = input;
    const claim = await claimRequest(tx, {
      ...{ actorId: inspectorId, operation: 'recordQuality', requestId, input, subjectId },
    });
    if (claim.kind === 'Reused') return new RequestIdReused();
    const known = await this.units.load(tx, coopId, subjectId);
    if (known === null) return new NotFound('unit');
    if (claim.kind === 'Seen') return new QualityRecorded(known);
    const unit = await this.locked(tx, known);
    const decided = decideInspection(unit.state, await this.operationsOf(tx, unit));
    if (decided.kind === 'AlreadyInspected') return new AlreadyInspected();
    if (decided.kind === 'NotReady') return new NotReady(decided.message);
    const settled = await this.settleUnit.run(tx, unit, finding);
    const { outcome, note } = input;
    const record = { coopId, id: newId(), unitId: unit.id, outcome, remedy: input.remedy ?? null, note };
    await this.records.insert(tx, { ...record, inspectorId, recordedAt: await tx.now() });
    return new QualityRecorded(settled);
  }

  /** The serial needs the edition, the money the order, and the end of the run the run. */
  private async locked(
    tx: Transaction,
    { coopId, id, editionId, orderId, runId }: UnitType,
  ): Promise<UnitType> {
    await tx.lock('edition', coopId, [editionId]);
    await tx.lock('sale_order', coopId, [orderId]);
    await tx.lock('run', coopId, [runId]);
    const unit = await this.units.load(tx, coopId, id);
    if (unit === null) throw new Error(`unit ${id} vanished under its lock`);
    return unit;
  }

  private async operationsOf(tx: Transaction, { coopId, lotId }: UnitType) {
    const operations = await this.lots.operationsOf(tx, [{ coopId, id: lotId }]);
    const ids = operations.map((operation) => operation.id);
    const bookings = await this.bookings.ofOperations(tx, coopId, ids);
    return operations.map(({ id, name, cellKind }) => ({
      ...{ name, cellKind },
      bookings: bookings
        .filter((booking) => booking.runOperationId === id)
        .map(({ checkedInAt, checkedOutAt }) => ({
          checkedIn: checkedInAt !== null,
          checkedOut: checkedOutAt !== null,
        })),
    }));
  }
}

import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BookingType, Bookings } from '../../booking/index.js';
import { groupBy, keyOf, keysOf } from '../../catalog/index.js';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { LotsRepository } from '../lots.repository.js';
import { QualityRecordType, RunLotType, RunOperationType, UnitType } from '../production.types.js';
import { QualityRecordsRepository } from '../quality-records.repository.js';

/** What hangs on a lot, batched. */
@Resolver(() => RunLotType)
export class LotFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LotsRepository) private readonly lots: LotsRepository,
  ) {}

  @ResolveField(() => [RunOperationType], { description: 'In recipe order.' })
  operations(@Parent() lot: RunLotType, @Context() context: GraphqlContext): Promise<RunOperationType[]> {
    const load = async (keys: readonly string[]) =>
      groupBy(await this.lots.operationsOf(this.database, keysOf(keys)), (one) =>
        keyOf(one.coopId, one.lotId),
      );
    return loaderOf<RunOperationType[]>(context, 'operations of lot', load, []).load(
      keyOf(lot.coopId, lot.id),
    );
  }
}

/** What hangs on an operation, batched. */
@Resolver(() => RunOperationType)
export class OperationFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bookings) private readonly repository: Bookings,
  ) {}

  @ResolveField(() => [BookingType], { description: 'By start; a long operation has several.' })
  bookings(
    @Parent() operation: RunOperationType,
    @Context() context: GraphqlContext,
  ): Promise<BookingType[]> {
    const { coopId, id } = operation;
    const load = async (ids: readonly string[]) =>
      groupBy(
        await this.repository.ofOperations(this.database, coopId, ids),
        (booking) => booking.runOperationId ?? '',
      );
    return loaderOf<BookingType[]>(context, `bookings of operation ${coopId}`, load, []).load(id);
  }
}

/** What hangs on a unit, batched. */
@Resolver(() => UnitType)
export class UnitFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(QualityRecordsRepository) private readonly records: QualityRecordsRepository,
  ) {}

  @ResolveField(() => QualityRecordType, { nullable: true })
  quality(@Parent() unit: UnitType, @Context() context: GraphqlContext): Promise<QualityRecordType | null> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.records.ofUnits(this.database, keysOf(keys))).map((record) => [
          keyOf(record.coopId, record.unitId),
          record,
        ]),
      );
    return loaderOf<QualityRecordType | null>(context, 'quality of unit', load, null).load(
      keyOf(unit.coopId, unit.id),
    );
  }
}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BookingModule } from '../booking/index.js';
import { CatalogModule } from '../catalog/index.js';
import { MembershipModule } from '../membership/index.js';
import { NoticesModule } from '../notices/index.js';
import { OrdersModule } from '../orders/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { ChangeBooking } from './change-booking.js';
import { CheckIn } from './check-in/check-in.js';
import { CheckInResolver } from './check-in/check-in.resolver.js';
import { CheckOut } from './check-out/check-out.js';
import { CheckOutResolver } from './check-out/check-out.resolver.js';
import { HandOver } from './hand-over/hand-over.js';
import { HandOverResolver } from './hand-over/hand-over.resolver.js';
import { ProductionJobs } from './jobs.js';
import { LotsRepository } from './lots.repository.js';
import { OperatorDayRepository } from './operator-day/operator-day.repository.js';
import { OperatorDayResolver } from './operator-day/operator-day.resolver.js';
import { OrderUnitsResolver } from './order-units/order-units.resolver.js';
import { PassedUnits } from './passed-units.js';
import { AddPhoto } from './photos/add-photo.js';
import { PhotoEntity, ProductionPhotoEntity } from './photos/photo.entities.js';
import { Photos } from './photos/photos.js';
import { PhotosController } from './photos/photos.controller.js';
import { PhotosRepository } from './photos/photos.repository.js';
import { PhotosResolver } from './photos/photos.resolver.js';
import { RemovePhoto } from './photos/remove-photo.js';
import { TakeDownPhoto } from './photos/take-down-photo.js';
import { PlanLot } from './plan-lot/plan-lot.js';
import { ProductionHistory } from './production-history.js';
import { QualityRecordEntity } from './quality-record.entity.js';
import { QualityRecordsRepository } from './quality-records.repository.js';
import { RecordQuality } from './record-quality/record-quality.js';
import { RecordQualityResolver } from './record-quality/record-quality.resolver.js';
import { SettleUnit } from './record-quality/settle-unit.js';
import { RunLotEntity } from './run-lot.entity.js';
import { RunOperationEntity } from './run-operation.entity.js';
import { RunEntity } from './run.entity.js';
import { RunsRepository } from './runs.repository.js';
import {
  LotFieldsResolver,
  OperationFieldsResolver,
  UnitFieldsResolver,
} from './show-runs/lot-fields.resolver.js';
import { RunFieldsResolver } from './show-runs/run-fields.resolver.js';
import { ShowRunsResolver } from './show-runs/show-runs.resolver.js';
import { StartRun } from './start-run/start-run.js';
import { DisplacedRunsRepository } from './tell-displaced/displaced-runs.repository.js';
import { TellDisplaced } from './tell-displaced/tell-displaced.js';
import { UnitEntity } from './unit.entity.js';
import { UnitsRepository } from './units.repository.js';

const TABLES = [
  RunEntity,
  RunLotEntity,
  RunOperationEntity,
  UnitEntity,
  QualityRecordEntity,
  PhotoEntity,
  ProductionPhotoEntity,
];

const REPOSITORIES = [
  RunsRepository,
  LotsRepository,
  UnitsRepository,
  QualityRecordsRepository,
  PhotosRepository,
  OperatorDayRepository,
  DisplacedRunsRepository,
];

const RESOLVERS = [
  CheckInResolver,
  CheckOutResolver,
  RecordQualityResolver,
  HandOverResolver,
  ShowRunsResolver,
  RunFieldsResolver,
  LotFieldsResolver,
  OperationFieldsResolver,
  UnitFieldsResolver,
  OrderUnitsResolver,
  OperatorDayResolver,
  PhotosResolver,
];

/** Runs, their time on the machines, the inspection of each piece, and the hand-over. */
@Module({
  imports: [
    TypeOrmModule.forFeature(TABLES),
    BookingModule,
    CatalogModule,
    MembershipModule,
    NoticesModule,
    OrdersModule,
    PayoutsModule,
  ],
  controllers: [PhotosController],
  providers: [
    ...REPOSITORIES,
    ...RESOLVERS,
    ProductionJobs,
    StartRun,
    PlanLot,
    TellDisplaced,
    ChangeBooking,
    CheckIn,
    CheckOut,
    RecordQuality,
    SettleUnit,
    HandOver,
    PassedUnits,
    Photos,
    AddPhoto,
    RemovePhoto,
    TakeDownPhoto,
    ProductionHistory,
  ],
  exports: [PassedUnits, Photos, ProductionHistory],
})
export class ProductionModule {}

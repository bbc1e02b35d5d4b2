import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/index.js';
import { AnomaliesRepository } from './anomalies.repository.js';
import { ForgetScans } from './forget-scans/forget-scans.js';
import { ListTagsResolver } from './list-tags/list-tags.resolver.js';
import { Pieces } from './piece.js';
import { HearTap } from './present-tap/hear-tap.js';
import { PresentTap } from './present-tap/present-tap.js';
import { PresentTapResolver } from './present-tap/present-tap.resolver.js';
import { NetworkHashes } from './record-scan/place.js';
import { RecordScan } from './record-scan/record-scan.js';
import { RecordScanResolver } from './record-scan/record-scan.resolver.js';
import { RegisterTag } from './register-tag/register-tag.js';
import { RegisterTagResolver } from './register-tag/register-tag.resolver.js';
import { RetireTag } from './retire-tag/retire-tag.js';
import { RetireTagResolver } from './retire-tag/retire-tag.resolver.js';
import { ScanAnomaliesResolver } from './scan-anomalies/scan-anomalies.resolver.js';
import { NetworkKeyEntity, ScanAnomalyEntity, ScanDayEntity, ScanEntity } from './scan.entities.js';
import { ScansRepository } from './scans.repository.js';
import { ShownTapEntity, TagEntity } from './tag.entities.js';
import { TagKeyRing } from './tag-keys.js';
import { TagsRepository } from './tags.repository.js';

/** The tags inside pieces, their taps, and how often and oddly pieces were opened. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      NetworkKeyEntity,
      ScanAnomalyEntity,
      ScanDayEntity,
      ScanEntity,
      ShownTapEntity,
      TagEntity,
    ]),
    CatalogModule,
  ],
  providers: [
    AnomaliesRepository,
    ForgetScans,
    HearTap,
    ListTagsResolver,
    NetworkHashes,
    Pieces,
    PresentTap,
    PresentTapResolver,
    RecordScan,
    RecordScanResolver,
    RegisterTag,
    RegisterTagResolver,
    RetireTag,
    RetireTagResolver,
    ScanAnomaliesResolver,
    ScansRepository,
    TagKeyRing,
    TagsRepository,
  ],
  exports: [HearTap, RecordScan],
})
export class TapsModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/index.js';
import { ChainModule } from '../chain/index.js';
import { MembershipModule } from '../membership/index.js';
import { NamingModule } from '../naming/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { ProductionModule } from '../production/index.js';
import { AnchorBatchEntity } from './anchor-batch.entity.js';
import { AnchorBatchesRepository } from './anchor-batches.repository.js';
import { CertificateEntity } from './certificate.entity.js';
import { CertificatesRepository } from './certificates.repository.js';
import { CloseEdition } from './close-edition/close-edition.js';
import { FollowAnchor } from './follow-anchor/follow-anchor.js';
import { IssueCertificate } from './issue-certificate/issue-certificate.js';
import { IssueMissing } from './issue-certificate/issue-missing.js';
import { ProposeBatches } from './propose-batches/propose-batches.js';
import { Bundles } from './show-certificates/bundles.js';
import {
  AnchorBatchFieldsResolver,
  CertificateFieldsResolver,
  OrderUnitFieldsResolver,
} from './show-certificates/certificate-fields.resolver.js';
import { ProvenBundles } from './show-certificates/proven-bundles.js';
import { ShowCertificatesResolver } from './show-certificates/show-certificates.resolver.js';
import { CheckLimit } from './verify/check-limit.js';
import { DescribePiece } from './verify/describe-piece.js';
import { FindSubject } from './verify/find-subject.js';
import { Verify } from './verify/verify.js';
import { VerifyResolver } from './verify/verify.resolver.js';

/** The certificates of pieces, their batches on chain, and the check that anyone may ask for. */
@Module({
  imports: [
    TypeOrmModule.forFeature([CertificateEntity, AnchorBatchEntity]),
    CatalogModule,
    ChainModule,
    MembershipModule,
    NamingModule,
    PayoutsModule,
    ProductionModule,
  ],
  providers: [
    AnchorBatchesRepository,
    AnchorBatchFieldsResolver,
    Bundles,
    CertificateFieldsResolver,
    CertificatesRepository,
    CheckLimit,
    CloseEdition,
    DescribePiece,
    FindSubject,
    FollowAnchor,
    IssueCertificate,
    IssueMissing,
    OrderUnitFieldsResolver,
    ProposeBatches,
    ProvenBundles,
    ShowCertificatesResolver,
    Verify,
    VerifyResolver,
  ],
})
export class CertificatesModule {}

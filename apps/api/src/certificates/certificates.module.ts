import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { hashFaster } from '@touchmark/certificates';
import { CatalogModule } from '../catalog/index.js';
import { ChainModule } from '../chain/index.js';
import { MembershipModule } from '../membership/index.js';
import { NamingModule } from '../naming/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { ProductionModule } from '../production/index.js';
import { TapsModule } from '../taps/index.js';
import { AnchorBatchEntity } from './anchor-batch.entity.js';
import { AnchorBatchesRepository } from './anchor-batches.repository.js';
import { CertificateEntity } from './certificate.entity.js';
import { CertificatesRepository } from './certificates.repository.js';
import { ClaimKeys } from './claim-keys.js';
import { ClaimEntity } from './claim-certificate/claim.entity.js';
import { ClaimCertificate } from './claim-certificate/claim-certificate.js';
import { ClaimCertificateResolver } from './claim-certificate/claim-certificate.resolver.js';
import { ClaimProofs } from './claim-certificate/claim-proof.js';
import { ClaimsRepository } from './claim-certificate/claims.repository.js';
import { FollowClaim } from './claim-certificate/follow-claim.js';
import { PrepareClaim } from './claim-certificate/prepare-claim.js';
import { CloseEdition } from './close-edition/close-edition.js';
import { CertificateMakerEntity, CreditErasureEntity, MakerCreditEntity } from './credit/credit.entities.js';
import { CreditsRepository } from './credit/credits.repository.js';
import { MakerCredits } from './credit/maker-credits.js';
import { CheckpointsRepository } from './edition-checkpoint/checkpoints.repository.js';
import { EditionCheckpoint } from './edition-checkpoint/edition-checkpoint.js';
import { EditionCheckpointResolver } from './edition-checkpoint/edition-checkpoint.resolver.js';
import { EraseCredit } from './erase-credit/erase-credit.js';
import { EraseCreditResolver } from './erase-credit/erase-credit.resolver.js';
import { ErasuresRepository } from './erase-credit/erasures.repository.js';
import { ExportedPieces } from './exported-pieces.js';
import { FollowAnchor } from './follow-anchor/follow-anchor.js';
import { IssueCertificate } from './issue-certificate/issue-certificate.js';
import { IssueMissing } from './issue-certificate/issue-missing.js';
import { ProposeBatches } from './propose-batches/propose-batches.js';
import { ManageSignersResolver } from './manage-signers/manage-signers.resolver.js';
import { RetireSigner } from './manage-signers/retire-signer.js';
import { RotateSigner } from './manage-signers/rotate-signer.js';
import { RepairBatch } from './repair-batch/repair-batch.js';
import { RepairBatchResolver } from './repair-batch/repair-batch.resolver.js';
import { RepairsRepository } from './repair-batch/repairs.repository.js';
import { ReplaceCertificate } from './replace-certificate/replace-certificate.js';
import { ReplaceCertificateResolver } from './replace-certificate/replace-certificate.resolver.js';
import { ReplacementsRepository } from './replace-certificate/replacements.repository.js';
import { RevokeCertificates } from './revoke-certificates/revoke-certificates.js';
import { RevokeCertificatesResolver } from './revoke-certificates/revoke-certificates.resolver.js';
import { WithdrawalsRepository } from './revoke-certificates/withdrawals.repository.js';
import { BatchRepairEntity } from './repair-batch/batch-repair.entity.js';
import { ReplacementEntity } from './replace-certificate/replacement.entity.js';
import { WithdrawalEntity, WithdrawnCertificateEntity } from './revoke-certificates/withdrawal.entity.js';
import { SetCredit } from './set-credit/set-credit.js';
import { SetCreditResolver } from './set-credit/set-credit.resolver.js';
import { AnchoringsRepository } from './show-anchoring/anchorings.repository.js';
import { ShowAnchoringResolver } from './show-anchoring/show-anchoring.resolver.js';
import { Bundles } from './show-certificates/bundles.js';
import {
  AnchorBatchFieldsResolver,
  CertificateFieldsResolver,
  OrderUnitFieldsResolver,
} from './show-certificates/certificate-fields.resolver.js';
import { ProvenBundles } from './show-certificates/proven-bundles.js';
import { ShowCertificatesResolver } from './show-certificates/show-certificates.resolver.js';
import { BatchVoidEntity } from './void-last-batch/batch-void.entity.js';
import { BatchVoidsRepository } from './void-last-batch/batch-voids.repository.js';
import { FindLastBatch } from './void-last-batch/find-last-batch.js';
import { FollowVoid } from './void-last-batch/follow-void.js';
import { VoidLastBatch } from './void-last-batch/void-last-batch.js';
import { VoidLastBatchResolver } from './void-last-batch/void-last-batch.resolver.js';
import { CheckLimit } from './verify/check-limit.js';
import { DescribePiece } from './verify/describe-piece.js';
import { FindSubject } from './verify/find-subject.js';
import { VerdictFieldsResolver } from './verify/verdict-fields.resolver.js';
import { Verify } from './verify/verify.js';
import { VerifyResolver } from './verify/verify.resolver.js';

/** The certificates of pieces, their batches on chain, and the check that anyone may ask for. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      CertificateEntity,
      CertificateMakerEntity,
      CreditErasureEntity,
      MakerCreditEntity,
      AnchorBatchEntity,
      BatchRepairEntity,
      BatchVoidEntity,
      ClaimEntity,
      ReplacementEntity,
      WithdrawalEntity,
      WithdrawnCertificateEntity,
    ]),
    CatalogModule,
    ChainModule,
    MembershipModule,
    NamingModule,
    PayoutsModule,
    ProductionModule,
    TapsModule,
  ],
  providers: [
    AnchorBatchesRepository,
    AnchorBatchFieldsResolver,
    AnchoringsRepository,
    BatchVoidsRepository,
    Bundles,
    CertificateFieldsResolver,
    CertificatesRepository,
    CheckLimit,
    CheckpointsRepository,
    ClaimCertificate,
    ClaimCertificateResolver,
    ClaimKeys,
    ClaimProofs,
    ClaimsRepository,
    CloseEdition,
    CreditsRepository,
    DescribePiece,
    EditionCheckpoint,
    EditionCheckpointResolver,
    EraseCredit,
    EraseCreditResolver,
    ErasuresRepository,
    ExportedPieces,
    FindLastBatch,
    FindSubject,
    FollowAnchor,
    FollowClaim,
    FollowVoid,
    IssueCertificate,
    IssueMissing,
    OrderUnitFieldsResolver,
    MakerCredits,
    ManageSignersResolver,
    PrepareClaim,
    ProposeBatches,
    ProvenBundles,
    RepairBatch,
    RepairBatchResolver,
    RepairsRepository,
    ReplaceCertificate,
    ReplaceCertificateResolver,
    ReplacementsRepository,
    RetireSigner,
    RevokeCertificates,
    RevokeCertificatesResolver,
    RotateSigner,
    SetCredit,
    SetCreditResolver,
    ShowAnchoringResolver,
    ShowCertificatesResolver,
    VerdictFieldsResolver,
    Verify,
    VerifyResolver,
    VoidLastBatch,
    VoidLastBatchResolver,
    WithdrawalsRepository,
  ],
  exports: [ExportedPieces],
})
export class CertificatesModule {
  constructor() {
    // A check hashes hundreds of times, and a server may compile.
    hashFaster();
  }
}

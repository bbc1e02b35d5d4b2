import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

@Entity('agreement')
export class Agreement {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'agreement_pkey' })
  @ForeignKey('coop', 'id', { name: 'agreement_coop' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'agreement_pkey' })
  id!: string;
  @Column('text') name!: string;
}

@Entity('agreement_version')
@Unique('agreement_version_once', ['coopId', 'agreementId', 'version'])
@Check('agreement_version_fee', 'fee_numerator >= 0 AND fee_numerator < fee_denominator')
@ForeignKey('agreement', ['coopId', 'agreementId'], ['coopId', 'id'], { name: 'agreement_version_agreement' })
@ForeignKey('membership', ['coopId', 'proposedBy'], ['coopId', 'accountId'], {
  name: 'agreement_version_proposer',
})
export class AgreementVersion {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'agreement_version_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'agreement_version_pkey' })
  id!: string;
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('integer') version!: number;
  @Column('bigint', { name: 'fee_numerator' }) feeNumerator!: string;
  @Column('bigint', { name: 'fee_denominator' }) feeDenominator!: string;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('timestamptz', { name: 'activated_at', nullable: true }) activatedAt!: Date | null;
}

@Entity('agreement_party')
@Unique('agreement_party_once', ['coopId', 'versionId', 'accountId'])
@Check('agreement_party_weight', 'weight > 0')
@ForeignKey('agreement_version', ['coopId', 'versionId'], ['coopId', 'id'], {
  name: 'agreement_party_version',
})
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], {
  name: 'agreement_party_member',
})
export class AgreementParty {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'agreement_party_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'version_id', primaryKeyConstraintName: 'agreement_party_pkey' })
  versionId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'agreement_party_pkey' })
  position!: number;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('bigint') weight!: string;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | null;
}

@Entity('agreement_total')
@Check('agreement_total_order', 'handed_over_minor BETWEEN 0 AND sold_minor')
@ForeignKey('agreement_version', ['coopId', 'versionId'], ['coopId', 'id'], {
  name: 'agreement_total_version',
})
export class AgreementTotal {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'agreement_total_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'version_id', primaryKeyConstraintName: 'agreement_total_pkey' })
  versionId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'agreement_total_pkey' })
  currency!: string;
  @Column('bigint', { name: 'sold_minor', default: 0 }) soldMinor!: string;
  @Column('bigint', { name: 'handed_over_minor', default: 0 }) handedOverMinor!: string;
}

export const AGREEMENT_ENTITIES = [Agreement, AgreementVersion, AgreementParty, AgreementTotal];

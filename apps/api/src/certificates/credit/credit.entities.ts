import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** How somebody is printed on the certificates of one co-op. */
@Entity('maker_credit')
@Unique('maker_credit_number_once', ['coopId', 'number'])
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'maker_credit_member' })
@Check('maker_credit_chosen', '(printed_name IS NULL) = (chosen_at IS NULL)')
export class MakerCreditEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'maker_credit_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'maker_credit_pkey' })
  accountId!: string;
  @Column('integer') number!: number;
  @Column('text', { name: 'printed_name', nullable: true }) printedName!: string | null;
  @Column('timestamptz', { name: 'chosen_at', nullable: true }) chosenAt!: Date | null;
}

/** Whom a maker's field of a certificate is about. */
@Entity('certificate_maker')
@ForeignKey('certificate', ['coopId', 'certificateId'], ['coopId', 'id'], {
  name: 'certificate_maker_certificate',
})
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], {
  name: 'certificate_maker_member',
})
@Check('certificate_maker_place', 'place BETWEEN 1 AND 99')
@Index('certificate_maker_shown', { synchronize: false })
export class CertificateMakerEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'certificate_maker_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'certificate_id', primaryKeyConstraintName: 'certificate_maker_pkey' })
  certificateId!: string;
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'certificate_maker_pkey' })
  place!: number;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('timestamptz', { name: 'erased_at', nullable: true }) erasedAt!: Date | null;
}

/** That somebody wanted to be gone from the certificates of a co-op. */
@Entity('credit_erasure')
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'credit_erasure_member' })
@ForeignKey('account', ['requestedBy'], ['id'], { name: 'credit_erasure_requested_by' })
@Index('credit_erasure_open', { synchronize: false })
export class CreditErasureEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'credit_erasure_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'credit_erasure_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy!: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

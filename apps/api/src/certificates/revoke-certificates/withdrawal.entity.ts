import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Certificates that the co-op withdrew in one call, and why. */
@Entity('withdrawal')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'withdrawal_coop' })
@ForeignKey('account', ['requestedBy'], ['id'], { name: 'withdrawal_requested_by' })
@Check('withdrawal_reason', 'reason BETWEEN 1 AND 14')
export class WithdrawalEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'withdrawal_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'withdrawal_pkey' }) id!: string;
  @Column('smallint') reason!: number;
  @Column('text') words!: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy!: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('timestamptz', { name: 'recorded_at', nullable: true }) recordedAt!: Date | null;
}

/** A certificate that was withdrawn; once, for good. */
@Entity('withdrawn_certificate')
@ForeignKey('certificate', ['coopId', 'certificateId'], ['coopId', 'id'], {
  name: 'withdrawn_certificate_certificate',
})
@ForeignKey('withdrawal', ['coopId', 'withdrawalId'], ['coopId', 'id'], {
  name: 'withdrawn_certificate_withdrawal',
})
@Index('withdrawn_certificate_by_withdrawal', ['coopId', 'withdrawalId'])
export class WithdrawnCertificateEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'withdrawn_certificate_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'certificate_id', primaryKeyConstraintName: 'withdrawn_certificate_pkey' })
  certificateId!: string;
  @Column('uuid', { name: 'withdrawal_id' }) withdrawalId!: string;
}

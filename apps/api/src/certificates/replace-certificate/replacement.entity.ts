import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A certificate written anew for a serial that is anchored; in force from the block in which the issuer replaced. */
@Entity('certificate_replacement')
@ForeignKey('certificate', ['coopId', 'certificateId'], ['coopId', 'id'], {
  name: 'certificate_replacement_certificate',
})
@ForeignKey('account', ['requestedBy'], ['id'], { name: 'certificate_replacement_requested_by' })
@Check('certificate_replacement_reason', 'reason BETWEEN 1 AND 14')
@Check('certificate_replacement_given_up', 'given_up IS NULL OR recorded_at IS NULL')
@Index('certificate_replacement_of', ['coopId', 'certificateId', 'recordedAt'])
@Index('certificate_replacement_under_way', { synchronize: false })
export class ReplacementEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'certificate_replacement_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'certificate_replacement_pkey' }) id!: string;
  @Column('uuid', { name: 'certificate_id' }) certificateId!: string;
  @Column('smallint') reason!: number;
  @Column('text') words!: string;
  @Column('text') document!: string;
  @Column('text', { name: 'document_root' }) documentRoot!: string;
  @Column('text', { name: 'claim_key' }) claimKey!: string;
  @Column('bytea', { name: 'sealed_claim_key', nullable: true }) sealedClaimKey!: Buffer | null;
  @Column('text') digest!: string;
  @Column('text') leaf!: string;
  @Column('text') signer!: string;
  @Column('text') signature!: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy!: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('timestamptz', { name: 'recorded_at', nullable: true }) recordedAt!: Date | null;
  @Column('text', { name: 'given_up', nullable: true }) givenUp!: string | null;
}

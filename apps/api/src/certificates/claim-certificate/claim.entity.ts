import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A claim that the co-op relays: the piece's own key signed who shall receive the token. */
@Entity('certificate_claim')
@ForeignKey('certificate', ['coopId', 'certificateId'], ['coopId', 'id'], {
  name: 'certificate_claim_certificate',
})
@Check('certificate_claim_state', `state IN ('relayed', 'claimed', 'given_up')`)
@Check('certificate_claim_claimed', `(state = 'claimed') = (claimed_at IS NOT NULL)`)
@Check('certificate_claim_given_up', `(state = 'given_up') = (problem IS NOT NULL)`)
@Index('certificate_claim_by_id', ['id'])
@Index('certificate_claim_open_once', { synchronize: false })
export class ClaimEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'certificate_claim_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'certificate_claim_pkey' }) id!: string;
  @Column('uuid', { name: 'certificate_id' }) certificateId!: string;
  @Column('text') recipient!: string;
  @Column('timestamptz') deadline!: Date;
  @Column('text') signature!: string;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) problem!: string | null;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** One call to the chain and how far it has come. */
@Entity('chain_call')
@Unique('chain_call_purpose_once', ['coopId', 'purpose', 'subjectId'])
@Check('chain_call_payer', `payer IN ('issuer', 'gas')`)
@Check('chain_call_state', `state IN ('queued', 'submitted', 'included', 'final', 'failed', 'given_up')`)
@Check('chain_call_submitted_has_nonce', `state <> 'submitted' OR (sender IS NOT NULL AND nonce IS NOT NULL)`)
@Check(
  'chain_call_included_in_block',
  `state NOT IN ('included', 'final') OR (block_number IS NOT NULL AND block_hash IS NOT NULL)`,
)
@Check('chain_call_safe_in_block', `safe_at IS NULL OR state IN ('included', 'final')`)
@Index('chain_call_undone', { synchronize: false })
@Index('chain_call_newest_final', { synchronize: false })
export class ChainCallEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'chain_call_pkey' })
  @ForeignKey('coop', 'id', { name: 'chain_call_coop' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'chain_call_pkey' })
  id!: string;
  @Column('text') purpose!: string;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('text') payer!: string;
  @Column('text') target!: string;
  @Column('text') data!: string;
  @Column('numeric', { precision: 78, default: 0 }) value!: string;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) sender!: string | null;
  @Column('bigint', { nullable: true }) nonce!: string | null;
  @Column('text', { name: 'transaction_hash', nullable: true }) transactionHash!: string | null;
  @Column('bigint', { name: 'block_number', nullable: true }) blockNumber!: string | null;
  @Column('text', { name: 'block_hash', nullable: true }) blockHash!: string | null;
  @Column('text', { nullable: true }) error!: string | null;
  @Column('integer', { default: 0 }) reverts!: number;
  @Column('timestamptz', { name: 'queued_at' }) queuedAt!: Date;
  @Column('timestamptz', { name: 'submitted_at', nullable: true }) submittedAt!: Date | null;
  @Column('timestamptz', { name: 'safe_at', nullable: true }) safeAt!: Date | null;
  @Column('timestamptz', { name: 'final_at', nullable: true }) finalAt!: Date | null;
  @Column('timestamptz', { name: 'touched_at', default: () => 'clock_timestamp()' }) touchedAt!: Date;
}

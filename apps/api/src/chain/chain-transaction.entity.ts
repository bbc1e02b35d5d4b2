import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A signed transaction of a call; a fee bump adds another with the same nonce. */
@Entity('chain_transaction')
@ForeignKey('chain_call', ['coopId', 'callId'], ['coopId', 'id'], { name: 'chain_transaction_call' })
@Index('chain_transaction_by_call', ['coopId', 'callId', 'signedAt'])
export class ChainTransactionEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'chain_transaction_pkey' })
  coopId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'chain_transaction_pkey' })
  hash!: string;
  @Column('uuid', { name: 'call_id' }) callId!: string;
  @Column('text') sender!: string;
  @Column('bigint') nonce!: string;
  @Column('text') raw!: string;
  @Column('numeric', { precision: 78 }) gas!: string;
  @Column('numeric', { name: 'max_fee_per_gas', precision: 78 }) maxFeePerGas!: string;
  @Column('numeric', { name: 'max_priority_fee_per_gas', precision: 78 }) maxPriorityFeePerGas!: string;
  @Column('timestamptz', { name: 'signed_at', default: () => 'clock_timestamp()' }) signedAt!: Date;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('ledger_head')
export class LedgerHeadRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'ledger_head_pkey' })
  @ForeignKey('coop', 'id', { name: 'ledger_head_coop' })
  coopId!: string;
  @Column('bigint') sequence!: string;
  @Column('text') hash!: string;
}

@Entity('ledger_transaction')
@Unique('ledger_transaction_sequence_once', ['coopId', 'sequence'])
@Unique('ledger_transaction_reference_once', ['coopId', 'kind', 'reference'])
@Check('ledger_transaction_counts_from_one', 'sequence >= 1')
@Check(
  'ledger_transaction_kind',
  `kind IN ('booking_charged', 'booking_credited', 'booking_adjusted', 'deposit_received', 'deposit_refunded', 'sale_made', 'sale_refunded', 'handed_over', 'hand_over_reversed', 'credits_sold', 'credits_used', 'credits_returned', 'credits_expired', 'service_sold', 'service_bought', 'service_sale_refunded', 'service_purchase_refunded')`,
)
@Check(
  'ledger_transaction_totals',
  '(version_id IS NULL) = (total_before_minor IS NULL) AND (version_id IS NULL) = (total_after_minor IS NULL)',
)
@ForeignKey('ledger_head', ['coopId'], ['coopId'], { name: 'ledger_transaction_head' })
@ForeignKey('agreement_version', ['coopId', 'versionId'], ['coopId', 'id'], {
  name: 'ledger_transaction_version',
})
export class LedgerTransactionRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'ledger_transaction_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'ledger_transaction_pkey' })
  id!: string;
  @Column('bigint') sequence!: string;
  @Column('text') kind!: string;
  @Column('uuid') reference!: string;
  @Column('text') currency!: string;
  @Column('timestamptz', { name: 'posted_at' }) postedAt!: Date;
  @Column('uuid', { name: 'version_id', nullable: true }) versionId!: string | null;
  @Column('bigint', { name: 'total_before_minor', nullable: true }) totalBeforeMinor!: string | null;
  @Column('bigint', { name: 'total_after_minor', nullable: true }) totalAfterMinor!: string | null;
  @Column('text') hash!: string;
}

@Entity('ledger_entry')
@Check('ledger_entry_not_zero', 'amount_minor <> 0')
@Check(
  'ledger_entry_account',
  `account IN ('cash', 'customer_deposits', 'earned', 'payable', 'coop_fee', 'member_receivable', 'booking_revenue', 'prepaid_credits', 'service_revenue', 'service_cost', 'trade_receivable', 'trade_payable')`,
)
@ForeignKey('ledger_transaction', ['coopId', 'transactionId'], ['coopId', 'id'], {
  name: 'ledger_entry_transaction',
})
@Index('ledger_entry_by_party', { synchronize: false })
export class LedgerEntryRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'ledger_entry_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'transaction_id', primaryKeyConstraintName: 'ledger_entry_pkey' })
  transactionId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'ledger_entry_pkey' })
  line!: number;
  @Column('text') account!: string;
  @Column('uuid', { name: 'party_id', nullable: true }) partyId!: string | null;
  @Column('bigint', { name: 'amount_minor' }) amountMinor!: string;
  @Column('bigint') sequence!: string;
  @Column('text') currency!: string;
}

export const LEDGER_ENTITIES = [LedgerHeadRow, LedgerTransactionRow, LedgerEntryRow];

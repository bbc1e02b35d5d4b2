import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** So many minutes a week or month for a class of members on a kind of cell, `*` for all kinds together. */
@Entity('quota_rule')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'quota_rule_coop' })
@Check('quota_rule_period', `period IN ('week', 'month')`)
@Check('quota_rule_minutes', 'minutes BETWEEN 0 AND 44640')
export class QuotaRuleRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'quota_rule_pkey' })
  coopId!: string;
  @PrimaryColumn('text', { name: 'member_class', primaryKeyConstraintName: 'quota_rule_pkey' })
  memberClass!: string;
  @PrimaryColumn('text', { name: 'cell_kind', primaryKeyConstraintName: 'quota_rule_pkey' })
  cellKind!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'quota_rule_pkey' })
  period!: string;
  @Column('integer') minutes!: number;
  @Column('timestamptz', { name: 'set_at' }) setAt!: Date;
}

/** Minutes for sale; retired, never changed. */
@Entity('credit_pack')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'credit_pack_coop' })
@Check('credit_pack_minutes', 'minutes BETWEEN 1 AND 1000000')
@Check('credit_pack_price', 'price_minor BETWEEN 0 AND 100000000')
@Check('credit_pack_valid', 'valid_days BETWEEN 1 AND 1830')
export class CreditPackRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'credit_pack_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'credit_pack_pkey' })
  id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'cell_kind', nullable: true }) cellKind!: string | null;
  @Column('integer') minutes!: number;
  @Column('bigint', { name: 'price_minor' }) priceMinor!: string;
  @Column('integer', { name: 'valid_days' }) validDays!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt!: Date | null;
}

/** A pack as a member bought it, with the running totals of its confirmed uses. */
@Entity('credit_grant')
@ForeignKey('credit_pack', ['coopId', 'packId'], ['coopId', 'id'], { name: 'credit_grant_pack' })
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'credit_grant_member' })
@Check('credit_grant_spent', 'spent_minutes BETWEEN 0 AND minutes')
@Check('credit_grant_recognised', 'recognised_minor BETWEEN 0 AND price_minor')
@Check('credit_grant_closed_at_expiry', 'closed_at >= expires_at')
@Index('credit_grant_by_member', ['coopId', 'accountId', 'id'])
@Index('credit_grant_open', { synchronize: false })
@Index('credit_grant_by_expiry', { synchronize: false })
export class CreditGrantRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'credit_grant_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'credit_grant_pkey' })
  id!: string;
  @Column('uuid', { name: 'pack_id' }) packId!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'cell_kind', nullable: true }) cellKind!: string | null;
  @Column('integer') minutes!: number;
  @Column('bigint', { name: 'price_minor' }) priceMinor!: string;
  @Column('text') currency!: string;
  @Column('timestamptz', { name: 'bought_at' }) boughtAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('integer', { name: 'spent_minutes', default: 0 }) spentMinutes!: number;
  @Column('bigint', { name: 'recognised_minor', default: 0 }) recognisedMinor!: string;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
}

/** Minutes of a grant in a claim. */
@Entity('credit_use')
@ForeignKey('credit_grant', ['coopId', 'grantId'], ['coopId', 'id'], { name: 'credit_use_grant' })
@ForeignKey('booking', ['coopId', 'bookingId'], ['coopId', 'id'], { name: 'credit_use_booking' })
@Check('credit_use_minutes', 'minutes > 0')
@Check('credit_use_state', `state IN ('reserved', 'spent', 'returned')`)
@Index('credit_use_by_booking', ['coopId', 'bookingId'])
export class CreditUseRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'credit_use_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'grant_id', primaryKeyConstraintName: 'credit_use_pkey' })
  grantId!: string;
  @PrimaryColumn('uuid', { name: 'booking_id', primaryKeyConstraintName: 'credit_use_pkey' })
  bookingId!: string;
  @Column('integer') minutes!: number;
  @Column('text', { default: 'reserved' }) state!: string;
}

export const ALLOWANCE_ENTITIES = [QuotaRuleRow, CreditPackRow, CreditGrantRow, CreditUseRow];

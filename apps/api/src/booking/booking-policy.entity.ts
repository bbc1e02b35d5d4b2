import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What a co-op has decided about its bookings; a co-op without a row has the defaults. */
@Entity('booking_policy')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'booking_policy_coop' })
@Check(
  'booking_policy_no_show',
  'no_show_percent BETWEEN 0 AND 100 AND no_show_after_minutes BETWEEN 0 AND 240',
)
@Check('booking_policy_actual_minutes', `actual_minutes IN ('frozen', 'up', 'both')`)
@Check('booking_policy_answer', 'waiting_answer_minutes BETWEEN 5 AND 2880')
export class BookingPolicy {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'booking_policy_pkey' })
  coopId!: string;
  // As PostgreSQL writes it down again.
  @Column('jsonb', { name: 'cancel_tiers', default: () => `'[{"feePercent": 0, "noticeHours": 0}]'` })
  cancelTiers!: unknown;
  @Column('integer', { name: 'no_show_percent', default: 100 }) noShowPercent!: number;
  @Column('integer', { name: 'no_show_after_minutes', default: 15 }) noShowAfterMinutes!: number;
  @Column('text', { name: 'actual_minutes', default: 'frozen' }) actualMinutes!: string;
  @Column('integer', { name: 'waiting_answer_minutes', default: 60 }) waitingAnswerMinutes!: number;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** One in the queue for a cell: the wish, and the hold that was offered for it. */
@Entity('waiting_entry')
@Unique('waiting_entry_turn_once', ['coopId', 'turn'])
@Unique('waiting_entry_booking_once', ['coopId', 'bookingId'])
@ForeignKey('cell', ['coopId', 'cellId'], ['coopId', 'id'], { name: 'waiting_entry_cell' })
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'waiting_entry_member' })
@ForeignKey('booking', ['coopId', 'bookingId'], ['coopId', 'id'], { name: 'waiting_entry_booking' })
@Check('waiting_entry_state', `state IN ('waiting', 'offered', 'taken', 'missed', 'left', 'expired')`)
@Check('waiting_entry_length', 'least_minutes BETWEEN 5 AND minutes AND minutes <= 1440')
@Check('waiting_entry_range', `latest_at - earliest_at >= minutes * interval '1 minute'`)
@Check(
  'waiting_entry_offer',
  `(booking_id IS NOT NULL) = (state IN ('offered', 'taken', 'missed'))
    AND (booking_id IS NOT NULL) = (offered_at IS NOT NULL)`,
)
@Index('waiting_entry_queue', { synchronize: false })
@Index('waiting_entry_places', { synchronize: false })
@Index('waiting_entry_by_look', { synchronize: false })
@Index('waiting_entry_by_latest', { synchronize: false })
@Index('waiting_entry_offers', { synchronize: false })
@Index('waiting_entry_by_member', ['coopId', 'accountId', 'id'])
export class WaitingEntryRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'waiting_entry_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'waiting_entry_pkey' })
  id!: string;
  @Column('bigint') turn!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { nullable: true }) family!: string | null;
  @Column('timestamptz', { name: 'earliest_at' }) earliestAt!: Date;
  @Column('timestamptz', { name: 'latest_at' }) latestAt!: Date;
  @Column('integer') minutes!: number;
  @Column('integer', { name: 'least_minutes' }) leastMinutes!: number;
  @Column('bigint', { name: 'max_price_minor', nullable: true }) maxPriceMinor!: string | null;
  @Column('boolean', { name: 'use_credits', default: false }) useCredits!: boolean;
  @Column('timestamptz', { name: 'joined_at' }) joinedAt!: Date;
  @Column('timestamptz', { name: 'looked_at' }) lookedAt!: Date;
  @Column('text', { default: 'waiting' }) state!: string;
  @Column('uuid', { name: 'booking_id', nullable: true }) bookingId!: string | null;
  @Column('timestamptz', { name: 'offered_at', nullable: true }) offeredAt!: Date | null;
}

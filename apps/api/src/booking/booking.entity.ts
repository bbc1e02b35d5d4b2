import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A claim on a station: a hold, and the booking that it becomes, by a member or by an operation of a run. */
@Entity('booking')
@ForeignKey('workshop', ['coopId', 'workshopId'], ['coopId', 'id'], { name: 'booking_workshop' })
@ForeignKey('cell', ['coopId', 'cellId'], ['coopId', 'id'], { name: 'booking_cell' })
@ForeignKey('station', ['coopId', 'stationId'], ['coopId', 'id'], { name: 'booking_station' })
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'booking_member' })
@ForeignKey('run_operation', ['coopId', 'runOperationId'], ['coopId', 'id'], { name: 'booking_operation' })
@ForeignKey('booking', ['coopId', 'movedFrom'], ['coopId', 'id'], { name: 'booking_moved_from' })
@ForeignKey('service_order', ['coopId', 'serviceOrderId'], ['coopId', 'id'], {
  name: 'booking_service_order',
})
@ForeignKey('booking_series', ['coopId', 'seriesId'], ['coopId', 'id'], { name: 'booking_of_series' })
@ForeignKey('capacity_round', ['coopId', 'roundId'], ['coopId', 'id'], { name: 'booking_of_round' })
@Check(
  'booking_state',
  `state IN ('held', 'confirmed', 'released', 'lapsed', 'cancelled', 'moved', 'no_show')`,
)
@Check('booking_live_until_ended', `(ended_at IS NULL) = (state IN ('held', 'confirmed'))`)
@Check('booking_one_claimant', 'num_nonnulls(account_id, run_operation_id, round_id, service_order_id) = 1')
@Check('booking_origin', `origin IN ('member', 'series', 'waiting', 'round', 'run', 'service_order')`)
@Check('booking_during_half_open', 'lower_inc(during) AND NOT upper_inc(during) AND NOT isempty(during)')
@Check(
  'booking_claim_ends_with_window',
  'lower_inc(claim) AND NOT upper_inc(claim) AND upper(claim) = upper(during) AND lower(claim) <= lower(during)',
)
@Check('booking_changeover_range', 'changeover_minutes BETWEEN 0 AND 1440')
@Check('booking_hold_expires', `state <> 'held' OR expires_at IS NOT NULL`)
@Check(
  'booking_confirmed_in_time',
  'confirmed_at < expires_at AND confirmed_at < upper(during) OR confirmed_at IS NULL OR expires_at IS NULL',
)
@Exclusion(
  'booking_no_overlap',
  `USING gist (coop_id WITH =, station_id WITH =, claim WITH &&) WHERE (ended_at IS NULL)`,
)
@Index('booking_by_expiry', { synchronize: false })
@Index('booking_live_holds', { synchronize: false })
@Index('booking_by_operation', { synchronize: false })
@Index('booking_by_member_start', { synchronize: false })
@Index('booking_by_station', { synchronize: false })
@Index('booking_ended_by_station', { synchronize: false })
@Index('booking_by_series', { synchronize: false })
@Index('booking_by_round', { synchronize: false })
@Index('booking_by_service_order', { synchronize: false })
@Index('booking_by_member', ['coopId', 'accountId', 'id'])
export class Booking {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'booking_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'booking_pkey' })
  id!: string;
  @Column('uuid', { name: 'workshop_id' }) workshopId!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('uuid', { name: 'station_id' }) stationId!: string;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('uuid', { name: 'run_operation_id', nullable: true }) runOperationId!: string | null;
  @Column('text') state!: string;
  /** What is booked; it never moves. */
  @Column('tstzrange') during!: string;
  /** The changeover before the window, and the window; its start moves with the neighbour before it. */
  @Column('tstzrange') claim!: string;
  @Column('text', { nullable: true }) family!: string | null;
  @Column('integer', { name: 'changeover_minutes', default: 0 }) changeoverMinutes!: number;
  /** Stands too close to one before it, since time was closed or changeovers became longer. */
  @Column('boolean', { default: false }) crowded!: boolean;
  @Column('bigint', { name: 'price_minor' }) priceMinor!: string;
  @Column('jsonb', { name: 'price_lines', default: [] }) priceLines!: unknown;
  /** What the member owes for it as it stands. */
  @Column('bigint', { name: 'charged_minor', default: 0 }) chargedMinor!: string;
  @Column('text') currency!: string;
  @Column('text', { default: 'member' }) origin!: string;
  @Column('timestamptz', { name: 'held_at' }) heldAt!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { name: 'extended_at', nullable: true }) extendedAt!: Date | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('timestamptz', { name: 'checked_in_at', nullable: true }) checkedInAt!: Date | null;
  @Column('timestamptz', { name: 'checked_out_at', nullable: true }) checkedOutAt!: Date | null;
  @Column('uuid', { name: 'moved_from', nullable: true }) movedFrom!: string | null;
  @Column('uuid', { name: 'series_id', nullable: true }) seriesId!: string | null;
  @Column('uuid', { name: 'round_id', nullable: true }) roundId!: string | null;
  @Column('uuid', { name: 'service_order_id', nullable: true }) serviceOrderId!: string | null;
}

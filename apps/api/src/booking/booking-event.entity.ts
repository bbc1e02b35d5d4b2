import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What happened to a claim; `sequence` was taken while its station was locked, so it is the order of what happened. */
@Entity('booking_event')
@ForeignKey('booking', ['coopId', 'bookingId'], ['coopId', 'id'], { name: 'booking_event_booking' })
@Check(
  'booking_event_kind',
  `kind IN ('held', 'extended', 'confirmed', 'released', 'lapsed', 'cancelled', 'moved', 'no_show', 'checked_in',
    'checked_out', 'changeover_changed')`,
)
@Index('booking_event_by_booking', ['coopId', 'bookingId', 'sequence'])
@Index('booking_event_by_sequence', ['sequence'])
export class BookingEvent {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'booking_event_pkey' })
  coopId!: string;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'booking_event_pkey' })
  sequence!: string;
  @Column('uuid', { name: 'workshop_id' }) workshopId!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('uuid', { name: 'station_id' }) stationId!: string;
  @Column('uuid', { name: 'booking_id' }) bookingId!: string;
  /** Who did it; null for what the time or the product did. */
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column('text') kind!: string;
  @Column('timestamptz') at!: Date;
}

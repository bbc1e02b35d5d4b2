import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Bookings that repeat, as they were asked for; its occurrences are rows of `booking`. */
@Entity('booking_series')
@ForeignKey('cell', ['coopId', 'cellId'], ['coopId', 'id'], { name: 'booking_series_cell' })
@ForeignKey('membership', ['coopId', 'accountId'], ['coopId', 'accountId'], { name: 'booking_series_member' })
@Check('booking_series_minutes', 'minutes BETWEEN 5 AND 1440')
@Index('booking_series_by_member', ['coopId', 'accountId', 'id'])
export class BookingSeriesRow {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'booking_series_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'booking_series_pkey' })
  id!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text') rule!: string;
  @Column('text', { nullable: true }) family!: string | null;
  @Column('integer') minutes!: number;
  @Column('timestamptz', { name: 'first_at' }) firstAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A calendar that its owner reads elsewhere, by a secret address: their own bookings, or those of a station. */
@Entity('calendar_feed')
@Unique('calendar_feed_secret_once', ['secretHash'])
@ForeignKey('account', ['accountId'], ['id'], { name: 'calendar_feed_account' })
@ForeignKey('station', ['coopId', 'stationId'], ['coopId', 'id'], { name: 'calendar_feed_station' })
@Index('calendar_feed_by_account', ['accountId'], { where: 'revoked_at IS NULL' })
@Check('calendar_feed_subject', '(coop_id IS NULL) = (station_id IS NULL)')
export class CalendarFeedEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'calendar_feed_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' })
  accountId!: string;
  @Column('uuid', { name: 'coop_id', nullable: true })
  coopId!: string | null;
  @Column('uuid', { name: 'station_id', nullable: true })
  stationId!: string | null;
  /** SHA-256 of the secret, which is nowhere else but in the address that its owner was given. */
  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'rotated_at', nullable: true })
  rotatedAt!: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}

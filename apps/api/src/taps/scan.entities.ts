import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** The key under which the networks of one day are hashed; of no provider. */
@Entity('network_key')
export class NetworkKeyEntity {
  @PrimaryColumn('date', { primaryKeyConstraintName: 'network_key_pkey' }) day!: string;
  @Column('bytea') key!: Buffer;
}

/** How often one network opened the page of one piece in one hour. */
@Entity('scan')
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'scan_edition' })
@Check('scan_times', 'times > 0')
@Check('scan_region', `region ~ '^([A-Z]{2})?$'`)
@Index('scan_by_age', ['hour'])
export class ScanEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'scan_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { name: 'edition_id', primaryKeyConstraintName: 'scan_pkey' }) editionId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'scan_pkey' }) serial!: number;
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'scan_pkey' }) hour!: Date;
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'scan_pkey' }) network!: Buffer;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'scan_pkey' }) region!: string;
  @Column('integer') times!: number;
}

/** What is left of scans after their time. */
@Entity('scan_day')
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'scan_day_edition' })
@Check('scan_day_times', 'times > 0')
export class ScanDayEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'scan_day_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { name: 'edition_id', primaryKeyConstraintName: 'scan_day_pkey' })
  editionId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'scan_day_pkey' }) serial!: number;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'scan_day_pkey' }) day!: string;
  @Column('integer') times!: number;
  @Column('integer') networks!: number;
  @Column('text', { array: true }) regions!: string[];
}

/** An odd pattern of one piece on one day. */
@Entity('scan_anomaly')
@Unique('scan_anomaly_once', ['coopId', 'editionId', 'serial', 'day', 'pattern'])
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'scan_anomaly_edition' })
@Check(
  'scan_anomaly_pattern',
  `pattern IN ('PLACES_AT_ONCE', 'MANY_NETWORKS', 'CODE_SHOWN_AGAIN', 'WRONG_CODES')`,
)
@Check('scan_anomaly_times', 'times > 0')
@Index('scan_anomaly_by_age', ['lastAt'])
export class ScanAnomalyEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'scan_anomaly_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'scan_anomaly_pkey' }) id!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('integer') serial!: number;
  @Column('date') day!: string;
  @Column('text') pattern!: string;
  @Column('integer') times!: number;
  @Column('integer') networks!: number;
  @Column('text', { array: true }) regions!: string[];
  @Column('timestamptz', { name: 'first_at' }) firstAt!: Date;
  @Column('timestamptz', { name: 'last_at' }) lastAt!: Date;
}

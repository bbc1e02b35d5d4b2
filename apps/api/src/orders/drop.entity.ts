import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** The sale of an edition, with the units that orders hold and have bought. */
@Entity('edition_drop')
@Unique('edition_drop_once', ['coopId', 'editionId'])
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'edition_drop_edition' })
@Check('edition_drop_state', `state IN ('opening', 'open', 'locked', 'refunded')`)
@Check('edition_drop_minimum', 'minimum_units BETWEEN 0 AND size')
@Check('edition_drop_cosign_days', 'cosign_days BETWEEN 0 AND 180')
@Check('edition_drop_objection_days', 'objection_days BETWEEN 0 AND 7')
@Check('edition_drop_cosign_after_objection', 'cosign_days = 0 OR cosign_days > objection_days')
@Check('edition_drop_units', 'units_held >= 0 AND units_sold >= 0')
@Check('edition_drop_no_oversell', 'units_held + units_sold <= size')
@Index('edition_drop_newest', ['coopId', 'requestedAt', 'id'])
@Check('edition_drop_settled', `settled_at IS NULL OR state IN ('locked', 'refunded')`)
@Index('edition_drop_due', { synchronize: false })
@Index('edition_drop_unsettled', { synchronize: false })
export class DropEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'edition_drop_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'edition_drop_pkey' })
  id!: string;
  @Column('uuid', { name: 'edition_id' })
  editionId!: string;
  @Column('text')
  state!: string;
  @Column('integer')
  size!: number;
  @Column('integer', { name: 'minimum_units', default: 0 })
  minimumUnits!: number;
  @Column('smallint', { name: 'cosign_days', default: 0 })
  cosignDays!: number;
  @Column('smallint', { name: 'objection_days', default: 0 })
  objectionDays!: number;
  @Column('integer', { name: 'units_held', default: 0 })
  unitsHeld!: number;
  @Column('integer', { name: 'units_sold', default: 0 })
  unitsSold!: number;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt!: Date | null;
  @Column('timestamptz', { name: 'closes_at' })
  closesAt!: Date;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** The production of what a drop had sold when it closed. */
@Entity('run')
@Unique('run_drop_once', ['coopId', 'dropId'])
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'run_edition' })
@ForeignKey('edition_drop', ['coopId', 'dropId'], ['coopId', 'id'], { name: 'run_drop' })
@Check('run_state', `state IN ('locked', 'making', 'finished')`)
@Check('run_quantity', 'quantity > 0')
@Index('run_newest', ['coopId', 'lockedAt', 'id'])
export class RunEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'run_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'run_pkey' })
  id!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('uuid', { name: 'drop_id' }) dropId!: string;
  @Column('integer') quantity!: number;
  @Column('text') state!: string;
  @Column('timestamptz', { name: 'locked_at' }) lockedAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

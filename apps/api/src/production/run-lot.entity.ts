import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { RunEntity } from './run.entity.js';

/** Pieces of a run that go through the recipe together: lot 1 is the whole run, each remake is a lot of its own. */
@Entity('run_lot')
@Unique('run_lot_number_once', ['coopId', 'runId', 'number'])
@ForeignKey(() => RunEntity, ['coopId', 'runId'], ['coopId', 'id'], { name: 'run_lot_run' })
@Check('run_lot_quantity', 'quantity > 0')
@Index('run_lot_unplanned', { synchronize: false })
export class RunLotEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'run_lot_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'run_lot_pkey' })
  id!: string;
  @Column('uuid', { name: 'run_id' }) runId!: string;
  @Column('integer') number!: number;
  @Column('integer') quantity!: number;
  @Column('timestamptz', { name: 'planned_at', nullable: true }) plannedAt!: Date | null;
}

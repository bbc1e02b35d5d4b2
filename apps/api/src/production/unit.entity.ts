import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { RunLotEntity } from './run-lot.entity.js';
import { RunEntity } from './run.entity.js';

/** One piece that is made for an order; it gets its serial when it passes, and never before. */
@Entity('unit')
@Unique('unit_serial_once', ['coopId', 'editionId', 'serial'])
@ForeignKey(() => RunEntity, ['coopId', 'runId'], ['coopId', 'id'], { name: 'unit_run' })
@ForeignKey(() => RunLotEntity, ['coopId', 'lotId'], ['coopId', 'id'], { name: 'unit_lot' })
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'unit_edition' })
@ForeignKey('sale_order', ['coopId', 'orderId'], ['coopId', 'id'], { name: 'unit_order' })
@Check('unit_state', `state IN ('planned', 'passed', 'failed', 'handed_over')`)
@Check('unit_serial_when_passed', `(state IN ('passed', 'handed_over')) = (serial IS NOT NULL)`)
@Index('unit_by_run', ['coopId', 'runId', 'id'])
@Index('unit_by_order', ['coopId', 'orderId'])
@Index('unit_by_lot', ['coopId', 'lotId'])
@Index('unit_planned', { synchronize: false })
export class UnitEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'unit_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'unit_pkey' })
  id!: string;
  @Column('uuid', { name: 'run_id' }) runId!: string;
  @Column('uuid', { name: 'lot_id' }) lotId!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('uuid', { name: 'order_id' }) orderId!: string;
  @Column('text') state!: string;
  @Column('integer', { nullable: true }) serial!: number | null;
}

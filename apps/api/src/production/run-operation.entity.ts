import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { RunLotEntity } from './run-lot.entity.js';

/** A step of the recipe as one lot goes through it; its time on a station is a booking. */
@Entity('run_operation')
@Unique('run_operation_position_once', ['coopId', 'lotId', 'position'])
@ForeignKey(() => RunLotEntity, ['coopId', 'lotId'], ['coopId', 'id'], { name: 'run_operation_lot' })
@Check('run_operation_minutes', 'minutes > 0')
export class RunOperationEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'run_operation_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'run_operation_pkey' })
  id!: string;
  @Column('uuid', { name: 'lot_id' }) lotId!: string;
  @Column('integer') position!: number;
  @Column('text', { name: 'cell_kind' }) cellKind!: string;
  @Column('text') name!: string;
  @Column('integer') minutes!: number;
}

import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Cell } from './cell.entity.js';

const KEY = 'changeover_pkey';

/** One written row of a cell's matrix; `*` stands for any other family. */
@Entity('changeover')
@ForeignKey(() => Cell, ['coopId', 'cellId'], ['coopId', 'id'], { name: 'changeover_cell' })
@Check('changeover_minutes_range', 'minutes BETWEEN 0 AND 1440')
@Check('changeover_cost_range', 'cost_minor BETWEEN 0 AND 100000000')
export class Changeover {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: KEY }) coopId!: string;
  @PrimaryColumn('uuid', { name: 'cell_id', primaryKeyConstraintName: KEY }) cellId!: string;
  @PrimaryColumn('text', { name: 'from_family', primaryKeyConstraintName: KEY }) fromFamily!: string;
  @PrimaryColumn('text', { name: 'to_family', primaryKeyConstraintName: KEY }) toFamily!: string;
  @Column('integer') minutes!: number;
  @Column('bigint', { name: 'cost_minor' }) costMinor!: string;
}

import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Cell } from './cell.entity.js';

/** One of the identical machines or benches of a cell. */
@Entity('station')
@ForeignKey(() => Cell, ['coopId', 'cellId'], ['coopId', 'id'], { name: 'station_cell' })
@Unique('station_number_once', ['coopId', 'cellId', 'number'])
export class Station {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'station_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'station_pkey' })
  id!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('integer') number!: number;
}

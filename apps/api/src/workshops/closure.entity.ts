import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Cell } from './cell.entity.js';
import { Station } from './station.entity.js';
import { Workshop } from './workshop.entity.js';

/** A stretch of time in which a workshop, one cell or one station is closed whatever the weekly hours say. */
@Entity('closure')
@ForeignKey(() => Workshop, ['coopId', 'workshopId'], ['coopId', 'id'], { name: 'closure_workshop' })
@ForeignKey(() => Cell, ['coopId', 'cellId'], ['coopId', 'id'], { name: 'closure_cell' })
@ForeignKey(() => Station, ['coopId', 'stationId'], ['coopId', 'id'], { name: 'closure_station' })
@Check('closure_kind', `kind IN ('closure', 'holiday', 'maintenance', 'out_of_service')`)
@Check('closure_station_in_cell', 'station_id IS NULL OR cell_id IS NOT NULL')
@Check('closure_range', 'from_at < to_at')
@Index('closure_by_end', ['coopId', 'workshopId', 'toAt'])
export class Closure {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'closure_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'closure_pkey' })
  id!: string;
  @Column('uuid', { name: 'workshop_id' }) workshopId!: string;
  @Column('timestamptz', { name: 'from_at' }) fromAt!: Date;
  @Column('timestamptz', { name: 'to_at' }) toAt!: Date;
  @Column('text') reason!: string;
  @Column('text', { default: 'closure' }) kind!: string;
  @Column('uuid', { name: 'cell_id', nullable: true }) cellId!: string | null;
  @Column('uuid', { name: 'station_id', nullable: true }) stationId!: string | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Cell } from './cell.entity.js';
import { Station } from './station.entity.js';
import { Workshop } from './workshop.entity.js';

/** A weekly opening time of a cell, or of one station, in the place of the workshop's. */
@Entity('own_hours')
@ForeignKey(() => Workshop, ['coopId', 'workshopId'], ['coopId', 'id'], { name: 'own_hours_workshop' })
@ForeignKey(() => Cell, ['coopId', 'cellId'], ['coopId', 'id'], { name: 'own_hours_cell' })
@ForeignKey(() => Station, ['coopId', 'stationId'], ['coopId', 'id'], { name: 'own_hours_station' })
@Check('own_hours_weekday', 'weekday BETWEEN 1 AND 7')
@Check('own_hours_range', 'from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440')
@Index('own_hours_by_workshop', ['coopId', 'workshopId'])
export class OwnHours {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'own_hours_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'own_hours_pkey' })
  id!: string;
  @Column('uuid', { name: 'workshop_id' }) workshopId!: string;
  @Column('uuid', { name: 'cell_id' }) cellId!: string;
  @Column('uuid', { name: 'station_id', nullable: true }) stationId!: string | null;
  @Column('integer') weekday!: number;
  @Column('integer', { name: 'from_minute' }) fromMinute!: number;
  @Column('integer', { name: 'to_minute' }) toMinute!: number;
}

import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Workshop } from './workshop.entity.js';

const KEY = 'opening_hours_pkey';

/** A weekly opening time in the wall time of the workshop; Monday is 1, `toMinute` is excluded. */
@Entity('opening_hours')
@ForeignKey(() => Workshop, ['coopId', 'workshopId'], ['coopId', 'id'], { name: 'opening_hours_workshop' })
@Check('opening_hours_weekday', 'weekday BETWEEN 1 AND 7')
@Check('opening_hours_range', 'from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440')
export class OpeningHours {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: KEY }) coopId!: string;
  @PrimaryColumn('uuid', { name: 'workshop_id', primaryKeyConstraintName: KEY }) workshopId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: KEY }) weekday!: number;
  @PrimaryColumn('integer', { name: 'from_minute', primaryKeyConstraintName: KEY }) fromMinute!: number;
  @Column('integer', { name: 'to_minute' }) toMinute!: number;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Workshop } from './workshop.entity.js';

/** A module of one kind with identical stations, a time grid and an hourly rate. */
@Entity('cell')
@ForeignKey(() => Workshop, ['coopId', 'workshopId'], ['coopId', 'id'], { name: 'cell_workshop' })
@ForeignKey('setup_family', ['coopId', 'id', 'defaultFamily'], ['coopId', 'cellId', 'name'], {
  name: 'cell_default_family',
})
@Check('cell_kind_form', `kind ~ '^[a-z][a-z0-9-]{0,31}$'`)
@Check('cell_grid_divides_day', 'grid_minutes BETWEEN 5 AND 240 AND 1440 % grid_minutes = 0')
@Check('cell_max_on_grid', 'max_minutes BETWEEN grid_minutes AND 1440 AND max_minutes % grid_minutes = 0')
@Check('cell_rate_range', 'hourly_rate_minor BETWEEN 0 AND 100000000')
@Index('cell_by_workshop', ['coopId', 'workshopId'])
@Index('cell_by_kind', ['coopId', 'kind'])
export class Cell {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'cell_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'cell_pkey' })
  id!: string;
  @Column('uuid', { name: 'workshop_id' }) workshopId!: string;
  @Column('text') kind!: string;
  @Column('text') name!: string;
  @Column('integer', { name: 'grid_minutes' }) gridMinutes!: number;
  @Column('integer', { name: 'max_minutes' }) maxMinutes!: number;
  @Column('bigint', { name: 'hourly_rate_minor' }) hourlyRateMinor!: string;
  /** The family of whoever names none; set exactly when the cell has families. */
  @Column('text', { name: 'default_family', nullable: true }) defaultFamily!: string | null;
}

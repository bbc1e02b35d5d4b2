import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Workshop } from './workshop.entity.js';

/** A stretch of time in which the workshop is closed whatever its weekly hours say. */
@Entity('closure')
@ForeignKey(() => Workshop, ['coopId', 'workshopId'], ['coopId', 'id'], { name: 'closure_workshop' })
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
}

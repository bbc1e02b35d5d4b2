import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkEntity } from './work.entity.js';

/** One step of a work's recipe, on one kind of cell. */
@Entity('recipe_operation')
@ForeignKey(() => WorkEntity, ['coopId', 'workId'], ['coopId', 'id'], { name: 'recipe_operation_work' })
@Check('recipe_operation_minutes', 'setup_minutes BETWEEN 0 AND 1440 AND minutes_per_unit BETWEEN 1 AND 1440')
export class RecipeOperationEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'recipe_operation_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'work_id', primaryKeyConstraintName: 'recipe_operation_pkey' })
  workId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'recipe_operation_pkey' })
  position!: number;
  @Column('text', { name: 'cell_kind' })
  cellKind!: string;
  @Column('text')
  name!: string;
  @Column('integer', { name: 'setup_minutes' })
  setupMinutes!: number;
  @Column('integer', { name: 'minutes_per_unit' })
  minutesPerUnit!: number;
}

import { Check, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Cell } from './cell.entity.js';

const KEY = 'setup_family_pkey';

/** What a station of a cell can be set up for: an ink, a material, a die. */
@Entity('setup_family')
@ForeignKey(() => Cell, ['coopId', 'cellId'], ['coopId', 'id'], { name: 'setup_family_cell' })
@Check('setup_family_form', `name ~ '^[a-z0-9][a-z0-9-]{0,31}$'`)
export class SetupFamily {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: KEY }) coopId!: string;
  @PrimaryColumn('uuid', { name: 'cell_id', primaryKeyConstraintName: KEY }) cellId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: KEY }) name!: string;
}

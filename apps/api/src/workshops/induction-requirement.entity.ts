import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

const KEY = 'induction_requirement_pkey';

/** A kind of machine that only inducted members may book, and how to become one. */
@Entity('induction_requirement')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'induction_requirement_coop' })
@Check('induction_requirement_kind', `cell_kind ~ '^[a-z][a-z0-9-]{0,31}$'`)
@Check('induction_requirement_text', 'length(how_to_get) BETWEEN 1 AND 240')
export class InductionRequirement {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: KEY }) coopId!: string;
  @PrimaryColumn('text', { name: 'cell_kind', primaryKeyConstraintName: KEY }) cellKind!: string;
  @Column('text', { name: 'how_to_get' }) howToGet!: string;
}

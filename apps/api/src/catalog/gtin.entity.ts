import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { EditionEntity } from './edition.entity.js';

/** Leads from a printed number to its edition, whichever co-op that belongs to. */
@Entity('gtin')
@ForeignKey(() => EditionEntity, ['coopId', 'editionId'], ['coopId', 'id'], { name: 'gtin_edition' })
@Check('gtin_form', `gtin ~ '^[0-9]{14}$'`)
export class GtinEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'gtin_pkey' })
  gtin!: string;
  @Column('uuid', { name: 'coop_id' })
  coopId!: string;
  @Column('uuid', { name: 'edition_id' })
  editionId!: string;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { WorkEntity } from './work.entity.js';

/** A run of a work with a fixed size, price, agreement and GTIN; `next_serial` counts the serials given. */
@Entity('edition')
@Unique('edition_gtin_once', ['coopId', 'gtin'])
@ForeignKey(() => WorkEntity, ['coopId', 'workId'], ['coopId', 'id'], { name: 'edition_work' })
@ForeignKey('agreement_version', ['coopId', 'agreementVersionId'], ['coopId', 'id'], {
  name: 'edition_agreement',
})
@Check('edition_size_range', 'size BETWEEN 1 AND 1000000')
@Check('edition_price_range', 'unit_price_minor BETWEEN 1 AND 100000000')
@Check('edition_serials_within_size', 'next_serial BETWEEN 1 AND size + 1')
@Index('edition_by_work', ['coopId', 'workId', 'createdAt', 'id'])
export class EditionEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'edition_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'edition_pkey' })
  id!: string;
  @Column('uuid', { name: 'work_id' })
  workId!: string;
  @Column('integer')
  size!: number;
  @Column('bigint', { name: 'unit_price_minor' })
  unitPriceMinor!: string;
  @Column('text')
  currency!: string;
  @Column('uuid', { name: 'agreement_version_id' })
  agreementVersionId!: string;
  @Column('text')
  gtin!: string;
  @Column('integer', { name: 'next_serial', default: 1 })
  nextSerial!: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

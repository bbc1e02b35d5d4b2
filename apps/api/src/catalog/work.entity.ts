import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** A design with its SKU. */
@Entity('work')
@Unique('work_sku_once', ['coopId', 'sku'])
@ForeignKey('coop', ['coopId'], ['id'], { name: 'work_coop' })
@Check('work_sku_form', `sku ~ '^[A-Z0-9][A-Z0-9-]{1,31}$'`)
@Index('work_newest', ['coopId', 'createdAt', 'id'])
export class WorkEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'work_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'work_pkey' })
  id!: string;
  @Column('text')
  sku!: string;
  @Column('text')
  title!: string;
  @Column('text')
  description!: string;
  @Column('text')
  materials!: string;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

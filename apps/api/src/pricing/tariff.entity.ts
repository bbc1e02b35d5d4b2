import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A tariff of a co-op or of one of its cells, from a moment on; rows are only ever added. */
@Entity('tariff')
@ForeignKey('cell', ['coopId', 'cellId'], ['coopId', 'id'], { name: 'tariff_cell' })
@ForeignKey('membership', ['coopId', 'setBy'], ['coopId', 'accountId'], { name: 'tariff_set_by' })
@Check('tariff_never_back_dated', 'valid_from >= set_at')
@Check('tariff_content_form', `content IS NULL OR jsonb_typeof(content) = 'object'`)
@Index('tariff_by_cell', ['coopId', 'cellId', 'validFrom', 'id'])
export class TariffEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'tariff_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'tariff_pkey' })
  id!: string;
  @Column('uuid', { name: 'cell_id', nullable: true }) cellId!: string | null;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
  @Column('timestamptz', { name: 'set_at' }) setAt!: Date;
  @Column('jsonb', { nullable: true }) content!: object | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { RunEntity } from '../run.entity.js';
import { UnitEntity } from '../unit.entity.js';

/** A photo, known by what it is. */
@Entity('photo')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'photo_coop' })
@Check('photo_digest', `sha256 = encode(sha256(bytes), 'hex')`)
@Check('photo_type', `type IN ('image/jpeg', 'image/png', 'image/webp')`)
@Check('photo_size', 'octet_length(bytes) BETWEEN 1 AND 2097152')
@Index('photo_by_digest', ['sha256'])
export class PhotoEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'photo_pkey' })
  coopId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'photo_pkey' })
  sha256!: string;
  @Column('text') type!: string;
  @Column('bytea') bytes!: Buffer;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
}

/** A photo of the making of a run, or of one of its pieces. */
@Entity('production_photo')
@Unique('production_photo_once', ['coopId', 'runId', 'unitId', 'sha256'])
@ForeignKey(() => RunEntity, ['coopId', 'runId'], ['coopId', 'id'], { name: 'production_photo_run' })
@ForeignKey(() => UnitEntity, ['coopId', 'unitId'], ['coopId', 'id'], { name: 'production_photo_unit' })
@ForeignKey(() => PhotoEntity, ['coopId', 'sha256'], ['coopId', 'sha256'], { name: 'production_photo_photo' })
@ForeignKey('membership', ['coopId', 'addedBy'], ['coopId', 'accountId'], {
  name: 'production_photo_added_by',
})
@Check('production_photo_caption', 'char_length(caption) <= 200')
export class ProductionPhotoEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'production_photo_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'production_photo_pkey' })
  id!: string;
  @Column('uuid', { name: 'run_id' }) runId!: string;
  @Column('uuid', { name: 'unit_id', nullable: true }) unitId!: string | null;
  @Column('text') sha256!: string;
  @Column('text') caption!: string;
  @Column('uuid', { name: 'added_by' }) addedBy!: string;
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date;
}

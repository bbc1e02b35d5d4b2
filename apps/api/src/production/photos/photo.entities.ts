import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { RunEntity } from '../run.entity.js';
import { UnitEntity } from '../unit.entity.js';

/** A photo, known by what it is. */
@Entity('photo')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'photo_coop' })
@Check('photo_digest', `sha256 = encode(sha256(bytes), 'hex')`)
@Check('photo_type', `type IN ('image/jpeg', 'image/png', 'image/webp')`)
@ForeignKey('membership', ['coopId', 'takenDownBy'], ['coopId', 'accountId'], { name: 'photo_taken_down_by' })
@Check(
  'photo_taken_down',
  `num_nulls(bytes, taken_down_at) = 1 AND num_nulls(taken_down_at, taken_down_by, taken_down_why) IN (0, 3)
  AND char_length(taken_down_why) BETWEEN 1 AND 500`,
)
@Check('photo_size', 'octet_length(bytes) BETWEEN 1 AND 2097152')
@Index('photo_by_digest', ['sha256'])
export class PhotoEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'photo_pkey' })
  coopId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'photo_pkey' })
  sha256!: string;
  @Column('text') type!: string;
  /** Null once it was taken down. */
  @Column('bytea', { nullable: true }) bytes!: Buffer | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { name: 'taken_down_at', nullable: true }) takenDownAt!: Date | null;
  @Column('uuid', { name: 'taken_down_by', nullable: true }) takenDownBy!: string | null;
  @Column('text', { name: 'taken_down_why', nullable: true }) takenDownWhy!: string | null;
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

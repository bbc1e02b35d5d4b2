import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { UnitEntity } from './unit.entity.js';

/** What an inspector found of a unit; there is one for each unit, and it never changes. */
@Entity('quality_record')
@Unique('quality_record_unit_once', ['coopId', 'unitId'])
@ForeignKey(() => UnitEntity, ['coopId', 'unitId'], ['coopId', 'id'], { name: 'quality_record_unit' })
@ForeignKey('membership', ['coopId', 'inspectorId'], ['coopId', 'accountId'], {
  name: 'quality_record_inspector',
})
@Check('quality_record_outcome', `outcome IN ('passed', 'failed')`)
@Check(
  'quality_record_remedy',
  `(outcome = 'failed') = (remedy IS NOT NULL) AND remedy IN ('remake', 'refund')`,
)
export class QualityRecordEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'quality_record_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'quality_record_pkey' })
  id!: string;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('text') outcome!: string;
  @Column('text', { nullable: true }) remedy!: string | null;
  @Column('text') note!: string;
  @Column('uuid', { name: 'inspector_id' }) inspectorId!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}

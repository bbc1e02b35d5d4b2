import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The last batch of an edition on chain that its issuer takes back within the objection time, and why. */
@Entity('batch_void')
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'batch_void_edition' })
@ForeignKey('anchor_batch', ['coopId', 'batchId'], ['coopId', 'id'], { name: 'batch_void_batch' })
@ForeignKey('account', ['requestedBy'], ['id'], { name: 'batch_void_requested_by' })
@Check('batch_void_given_up', 'given_up IS NULL OR recorded_at IS NULL')
@Check('batch_void_final', 'final_at IS NULL OR recorded_at IS NOT NULL')
@Index('batch_void_of_edition', ['coopId', 'editionId', 'id'])
@Index('batch_void_of_batch', ['coopId', 'batchId'])
@Index('batch_void_under_way', { synchronize: false })
export class BatchVoidEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'batch_void_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'batch_void_pkey' }) id!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('uuid', { name: 'batch_id', nullable: true }) batchId!: string | null;
  @Column('integer', { name: 'first_serial' }) firstSerial!: number;
  @Column('integer', { name: 'unit_count' }) unitCount!: number;
  @Column('text') root!: string;
  @Column('text') words!: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy!: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('timestamptz', { name: 'recorded_at', nullable: true }) recordedAt!: Date | null;
  @Column('timestamptz', { name: 'final_at', nullable: true }) finalAt!: Date | null;
  @Column('text', { name: 'given_up', nullable: true }) givenUp!: string | null;
}

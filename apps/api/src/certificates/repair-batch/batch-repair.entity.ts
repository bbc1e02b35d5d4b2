import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What people decided about a batch that the publisher had refused. */
@Entity('batch_repair')
@ForeignKey('anchor_batch', ['coopId', 'batchId'], ['coopId', 'id'], { name: 'batch_repair_batch' })
@ForeignKey('account', ['decidedBy'], ['id'], { name: 'batch_repair_decided_by' })
@Check('batch_repair_remedy', `remedy IN ('judge_again', 'issue_anew')`)
@Index('batch_repair_of_batch', ['coopId', 'batchId'])
export class BatchRepairEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'batch_repair_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'batch_repair_pkey' }) id!: string;
  @Column('uuid', { name: 'batch_id' }) batchId!: string;
  @Column('text') refusal!: string;
  @Column('text') remedy!: string;
  @Column('text') words!: string;
  @Column('uuid', { name: 'decided_by' }) decidedBy!: string;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date;
}

import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('clock_offset')
@Check('clock_offset_single', 'id')
export class ClockOffset {
  @PrimaryColumn('boolean', { default: true, primaryKeyConstraintName: 'clock_offset_pkey' })
  id!: boolean;
  @Column('interval', { default: () => "'00:00:00'" }) step!: string;
  @Column('timestamptz', { name: 'frozen_at', nullable: true }) frozenAt!: Date | null;
}

@Entity('request')
export class RequestRow {
  @PrimaryColumn('uuid', { name: 'actor_id', primaryKeyConstraintName: 'request_pkey' })
  actorId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'request_pkey' })
  operation!: string;
  @PrimaryColumn('uuid', { name: 'request_id', primaryKeyConstraintName: 'request_pkey' })
  requestId!: string;
  @Column('bytea', { name: 'input_hash' }) inputHash!: Buffer;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
}

@Entity('rate_limit')
export class RateLimit {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_limit_pkey' })
  key!: string;
  @PrimaryColumn('timestamptz', { name: 'window_start', primaryKeyConstraintName: 'rate_limit_pkey' })
  windowStart!: Date;
  @Column('integer') taken!: number;
}

export const PLATFORM_ENTITIES = [ClockOffset, RequestRow, RateLimit];

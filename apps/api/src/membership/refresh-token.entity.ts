import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { SessionEntity } from './session.entity.js';

/** One link in the chain of rotating refresh tokens of a session. */
@Entity('refresh_token')
@Unique('refresh_token_once', ['tokenHash'])
@ForeignKey(() => SessionEntity, ['sessionId'], ['id'], { name: 'refresh_token_session' })
@Index('refresh_token_by_session', ['sessionId'])
export class RefreshTokenEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'refresh_token_pkey' })
  id!: string;
  @Column('uuid', { name: 'session_id' })
  sessionId!: string;
  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;
  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;
  @Column('timestamptz', { name: 'rotated_at', nullable: true })
  rotatedAt!: Date | null;
}

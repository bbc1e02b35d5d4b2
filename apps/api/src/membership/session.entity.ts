import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountEntity } from './account.entity.js';

/** One sign-in of one person on one device. */
@Entity('session')
@ForeignKey(() => AccountEntity, ['accountId'], ['id'], { name: 'session_account' })
@Index('session_by_account', ['accountId'], { where: 'revoked_at IS NULL' })
@Check('session_method', `method IN ('password', 'code')`)
export class SessionEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'session_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' })
  accountId!: string;
  @Column('text')
  method!: 'password' | 'code';
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}

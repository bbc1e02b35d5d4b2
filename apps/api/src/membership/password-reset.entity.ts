import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { AccountEntity } from './account.entity.js';

/** A link sent by mail, good for one new password. */
@Entity('password_reset')
@Unique('password_reset_once', ['tokenHash'])
@ForeignKey(() => AccountEntity, ['accountId'], ['id'], { name: 'password_reset_account' })
export class PasswordResetEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'password_reset_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' })
  accountId!: string;
  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountEntity } from './account.entity.js';

/** A key of a brand; only its SHA-256 is kept. */
@Entity('api_key')
@Unique('api_key_once', ['keyHash'])
@ForeignKey(() => AccountEntity, ['accountId'], ['id'], { name: 'api_key_account' })
@Index('api_key_by_account', ['accountId'])
@Check(
  'api_key_scopes_known',
  `scopes <@ ARRAY['capacity:read', 'catalog:read', 'orders:write', 'exchange:read', 'exchange:write'] AND cardinality(scopes) > 0`,
)
export class ApiKeyEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'api_key_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' })
  accountId!: string;
  @Column('text')
  name!: string;
  @Column('bytea', { name: 'key_hash' })
  keyHash!: Buffer;
  @Column('text', { array: true })
  scopes!: string[];
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}

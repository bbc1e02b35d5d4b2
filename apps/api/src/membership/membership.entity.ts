import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountEntity } from './account.entity.js';
import { CoopEntity } from './coop.entity.js';

/** The place of a person in one co-op. A removed member keeps the row, because history points at it. */
@Entity('membership')
@ForeignKey(() => CoopEntity, ['coopId'], ['id'], { name: 'membership_coop' })
@ForeignKey(() => AccountEntity, ['accountId'], ['id'], { name: 'membership_account' })
@Index('membership_by_account', ['accountId'])
@Check(
  'membership_roles_known',
  `roles <@ ARRAY['member', 'operator', 'treasurer', 'admin'] AND cardinality(roles) > 0`,
)
@Check('membership_class_form', `class ~ '^[a-z][a-z0-9-]{0,31}$'`)
export class MembershipEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'membership_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'membership_pkey' })
  accountId!: string;
  @Column('text', { array: true })
  roles!: string[];
  @Column('timestamptz', { name: 'joined_at' })
  joinedAt!: Date;
  @Column('timestamptz', { name: 'removed_at', nullable: true })
  removedAt!: Date | null;
  /** Which quota and price rules apply to the member. */
  @Column('text', { default: 'standard' })
  class!: string;
  @Column('timestamptz', { name: 'class_set_at', nullable: true })
  classSetAt!: Date | null;
}

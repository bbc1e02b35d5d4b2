import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** A person or a brand, global to all co-ops. */
@Entity('account')
@Unique('account_email_once', ['email'])
@ForeignKey('account', ['ownerId'], ['id'], { name: 'account_owner' })
@Check('account_kind', `kind IN ('person', 'brand')`)
@Check('account_person_has_email', `kind <> 'person' OR email IS NOT NULL`)
@Check('account_brand_has_owner', `(kind = 'brand') = (owner_id IS NOT NULL)`)
@Check('account_email_lower', `email = lower(email)`)
export class AccountEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'account_pkey' })
  id!: string;
  @Column('text')
  kind!: 'person' | 'brand';
  @Column('text', { nullable: true })
  email!: string | null;
  @Column('text', { name: 'display_name' })
  displayName!: string;
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId!: string | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';

const MEMBER: [string, string] = ['coopId', 'accountId'];

/** What a member was shown about a kind of machine, by whom, and from when to when it counts. */
@Entity('induction')
@ForeignKey('membership', ['coopId', 'accountId'], MEMBER, { name: 'induction_member' })
@ForeignKey('membership', ['coopId', 'givenBy'], MEMBER, { name: 'induction_giver' })
@ForeignKey('membership', ['coopId', 'revokedBy'], MEMBER, { name: 'induction_revoker' })
@Check('induction_kind', `cell_kind ~ '^[a-z][a-z0-9-]{0,31}$'`)
@Check('induction_range', 'valid_until IS NULL OR valid_from < valid_until')
@Check('induction_revoked_whole', '(revoked_by IS NULL) = (revoked_at IS NULL)')
@Exclusion(
  'induction_one_at_a_time',
  `USING gist (coop_id WITH =, account_id WITH =, cell_kind WITH =, tstzrange(valid_from, valid_until) WITH &&) WHERE (revoked_at IS NULL)`,
)
@Index('induction_by_member', ['coopId', 'accountId', 'id'])
export class Induction {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'induction_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'induction_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'cell_kind' }) cellKind!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_until', nullable: true }) validUntil!: Date | null;
  @Column('uuid', { name: 'given_by' }) givenBy!: string;
  @Column('timestamptz', { name: 'given_at' }) givenAt!: Date;
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy!: string | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** A key that an issuer has named on chain, by block time; nothing is dated back. */
@Entity('issuer_key')
@ForeignKey('issuer', ['coopId'], ['coopId'], { name: 'issuer_key_issuer' })
@Unique('issuer_key_once', ['coopId', 'purpose', 'address'])
@Check('issuer_key_purpose', `purpose IN ('signer', 'publisher', 'cosigner')`)
@Check('issuer_key_retired', 'retired_at IS NULL OR retiring_at IS NOT NULL')
export class IssuerKeyEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'issuer_key_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'issuer_key_pkey' }) id!: string;
  @Column('text') purpose!: string;
  @Column('text') address!: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date;
  @Column('timestamptz', { name: 'valid_from', nullable: true }) validFrom!: Date | null;
  @Column('timestamptz', { name: 'retiring_at', nullable: true }) retiringAt!: Date | null;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt!: Date | null;
  @Column('text', { nullable: true }) words!: string | null;
}

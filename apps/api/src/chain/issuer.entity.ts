import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The address under which a co-op issues. */
@Entity('issuer')
export class IssuerEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'issuer_pkey' })
  @ForeignKey('coop', 'id', { name: 'issuer_coop' })
  coopId!: string;
  @Column('bigint', { name: 'chain_id' }) chainId!: string;
  @Column('text') contract!: string;
  @Column('text') address!: string;
  @Column('text') domain!: string;
  @Column('text') signer!: string;
  @Column('text') publisher!: string;
  @Column('timestamptz', { name: 'ready_at', nullable: true }) readyAt!: Date | null;
}

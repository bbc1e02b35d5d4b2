import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** The signed document of one piece. */
@Entity('certificate')
@Unique('certificate_unit_once', ['coopId', 'unitId'])
@Unique('certificate_serial_once', ['coopId', 'editionId', 'serial'])
@ForeignKey('unit', ['coopId', 'unitId'], ['coopId', 'id'], { name: 'certificate_unit' })
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'certificate_edition' })
@ForeignKey('anchor_batch', ['coopId', 'batchId'], ['coopId', 'id'], { name: 'certificate_batch' })
@Index('certificate_by_id', ['id'])
@Index('certificate_by_token', ['tokenId'])
@Index('certificate_by_batch_and_signer', ['coopId', 'batchId', 'signer'])
@Index('certificate_unbatched', { synchronize: false })
export class CertificateEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'certificate_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'certificate_pkey' })
  id!: string;
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('integer') serial!: number;
  @Column('uuid', { name: 'batch_id', nullable: true }) batchId!: string | null;
  @Column('text', { name: 'token_id' }) tokenId!: string;
  @Column('text') document!: string;
  @Column('text', { name: 'document_root' }) documentRoot!: string;
  @Column('text', { name: 'claim_key' }) claimKey!: string;
  @Column('bytea', { name: 'sealed_claim_key' }) sealedClaimKey!: Buffer;
  @Column('text') digest!: string;
  @Column('text') leaf!: string;
  @Column('text') signer!: string;
  @Column('text') signature!: string;
  @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date;
}

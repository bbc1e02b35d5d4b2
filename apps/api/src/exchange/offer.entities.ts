import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The brand that acts for a provider by API key. */
@Entity('provider_brand')
@ForeignKey('account', ['brandId'], ['id'], { name: 'provider_brand_account' })
@ForeignKey('coop', ['coopId'], ['id'], { name: 'provider_brand_coop' })
@Index('provider_brand_by_coop', ['coopId'])
export class ProviderBrandEntity {
  @PrimaryColumn('uuid', { name: 'brand_id', primaryKeyConstraintName: 'provider_brand_pkey' })
  brandId!: string;
  @Column('uuid', { name: 'coop_id' }) coopId!: string;
  @Column('timestamptz') since!: Date;
}

/** Something that a provider sells to peers; what it says stands in its versions. */
@Entity('offer')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'offer_coop' })
@Check('offer_version_from_one', 'version >= 1')
@Index('offer_published', { synchronize: false })
export class OfferEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'offer_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'offer_pkey' })
  id!: string;
  @Column('integer') version!: number;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}

/** The terms of an offer as they were written down; never changed. */
@Entity('offer_version')
@ForeignKey('offer', ['coopId', 'offerId'], ['coopId', 'id'], { name: 'offer_version_offer' })
@ForeignKey('account', ['writtenBy'], ['id'], { name: 'offer_version_author' })
@Check('offer_version_hours', 'lead_hours BETWEEN 0 AND 720 AND firm_hours BETWEEN 0 AND 720')
export class OfferVersionEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'offer_version_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'offer_id', primaryKeyConstraintName: 'offer_version_pkey' })
  offerId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'offer_version_pkey' })
  version!: number;
  @Column('text') title!: string;
  @Column('text', { name: 'kinds_of_work', array: true }) kindsOfWork!: string[];
  @Column('text', { array: true }) materials!: string[];
  @Column('text', { name: 'lead_time' }) leadTime!: string;
  @Column('integer', { name: 'lead_hours' }) leadHours!: number;
  @Column('integer', { name: 'firm_hours' }) firmHours!: number;
  @Column('jsonb') steps!: unknown;
  @Column('jsonb') prices!: unknown;
  @Column('jsonb') windows!: unknown;
  @Column('jsonb') refund!: unknown;
  @Column('text', { name: 'input_schema' }) inputSchema!: string;
  @Column('text') currency!: string;
  @Column('uuid', { name: 'written_by' }) writtenBy!: string;
  @Column('timestamptz', { name: 'written_at' }) writtenAt!: Date;
}

/** A kind of work that a published offer is for. */
@Entity('offer_kind')
@ForeignKey('offer', ['coopId', 'offerId'], ['coopId', 'id'], { name: 'offer_kind_offer' })
@Index('offer_kind_by_kind', ['kind', 'publishedAt', 'offerId'])
export class OfferKindEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'offer_kind_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'offer_id', primaryKeyConstraintName: 'offer_kind_pkey' })
  offerId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'offer_kind_pkey' })
  kind!: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
}

export const OFFER_ENTITIES = [ProviderBrandEntity, OfferEntity, OfferVersionEntity, OfferKindEntity];

import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A tenant: everything that is owned, booked, sold or owed belongs to one. */
@Entity('coop')
@Unique('coop_slug_once', ['slug'])
@Unique('coop_gtin_prefix_once', ['gtinPrefix'])
@Check('coop_kind', `kind IN ('coop', 'brand')`)
@Check('coop_slug_form', `slug ~ '^[a-z0-9][a-z0-9-]{1,47}$'`)
@Check('coop_currency_form', `currency ~ '^[A-Z]{3}$'`)
@Check('coop_gtin_prefix_form', `gtin_prefix ~ '^[0-9]{6,10}$'`)
@Check('coop_hold_limit_range', `hold_limit BETWEEN 1 AND 50`)
export class CoopEntity {
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'coop_pkey' })
  id!: string;
  @Column('text')
  kind!: 'coop' | 'brand';
  @Column('text')
  slug!: string;
  @Column('text')
  name!: string;
  @Column('text')
  currency!: string;
  @Column('text')
  domain!: string;
  @Column('text', { name: 'gtin_prefix' })
  gtinPrefix!: string;
  @Column('integer', { name: 'next_item', default: 1 })
  nextItem!: number;
  @Column('integer', { name: 'hold_limit', default: 3 })
  holdLimit!: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

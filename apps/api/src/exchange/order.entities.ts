import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

const HAS_BUYER =
  'num_nonnulls(buyer_coop_id, buyer_brand_id) >= 1 AND buyer_coop_id IS DISTINCT FROM coop_id';

/** What a provider would do a batch for and by when: frozen. */
@Entity('service_quote')
@ForeignKey('offer_version', ['coopId', 'offerId', 'version'], ['coopId', 'offerId', 'version'], {
  name: 'service_quote_offer',
})
@ForeignKey('coop', ['buyerCoopId'], ['id'], { name: 'service_quote_buyer_coop' })
@ForeignKey('account', ['buyerBrandId'], ['id'], { name: 'service_quote_buyer_brand' })
@ForeignKey('account', ['askedBy'], ['id'], { name: 'service_quote_asker' })
@Check('service_quote_has_buyer', HAS_BUYER)
@Check('service_quote_units', 'units BETWEEN 1 AND 1000000')
@Check('service_quote_price', 'price_minor > 0')
@Check('service_quote_valid', 'valid_until > asked_at AND promised_at > valid_until')
export class ServiceQuoteEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'service_quote_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'service_quote_pkey' })
  id!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  @Column('integer') version!: number;
  @Column('uuid', { name: 'buyer_coop_id', nullable: true }) buyerCoopId!: string | null;
  @Column('uuid', { name: 'buyer_brand_id', nullable: true }) buyerBrandId!: string | null;
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('integer') units!: number;
  @Column('text') input!: string;
  @Column('timestamptz', { name: 'wanted_by', nullable: true }) wantedBy!: Date | null;
  @Column('jsonb', { name: 'price_lines' }) priceLines!: unknown;
  @Column('bigint', { name: 'price_minor' }) priceMinor!: string;
  @Column('text') currency!: string;
  @Column('timestamptz', { name: 'promised_at' }) promisedAt!: Date;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'valid_until' }) validUntil!: Date;
}

/** An accepted quote: one purchase, with its stations and its money. */
@Entity('service_order')
@Unique('service_order_quote_once', ['coopId', 'quoteId'])
@ForeignKey('service_quote', ['coopId', 'quoteId'], ['coopId', 'id'], { name: 'service_order_quote' })
@ForeignKey('offer_version', ['coopId', 'offerId', 'version'], ['coopId', 'offerId', 'version'], {
  name: 'service_order_offer',
})
@ForeignKey('coop', ['buyerCoopId'], ['id'], { name: 'service_order_buyer_coop' })
@ForeignKey('account', ['buyerBrandId'], ['id'], { name: 'service_order_buyer_brand' })
@ForeignKey('account', ['acceptedBy'], ['id'], { name: 'service_order_accepter' })
@Check('service_order_has_buyer', HAS_BUYER)
@Check(
  'service_order_state',
  `state IN ('accepted', 'in_production', 'quality', 'ready', 'handed_over', 'reclaimed', 'cancelled', 'refunded')`,
)
@Check('service_order_refund', 'refunded_minor BETWEEN 0 AND price_minor')
@Check(
  'service_order_inspected',
  '(passed IS NULL) = (failed IS NULL) AND passed >= 0 AND failed >= 0 AND passed + failed = units',
)
@Check(
  'service_order_ready',
  `state NOT IN ('ready', 'handed_over') OR (ready_at IS NOT NULL AND passed IS NOT NULL)`,
)
@Index('service_order_sold', ['coopId', 'acceptedAt', 'id'])
@Index('service_order_bought', { synchronize: false })
@Index('service_order_bought_by_brand', { synchronize: false })
@Index('service_order_measured', { synchronize: false })
export class ServiceOrderEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'service_order_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'service_order_pkey' })
  id!: string;
  @Column('uuid', { name: 'quote_id' }) quoteId!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  @Column('integer') version!: number;
  @Column('uuid', { name: 'buyer_coop_id', nullable: true }) buyerCoopId!: string | null;
  @Column('uuid', { name: 'buyer_brand_id', nullable: true }) buyerBrandId!: string | null;
  @Column('text') state!: string;
  @Column('integer') units!: number;
  @Column('bigint', { name: 'price_minor' }) priceMinor!: string;
  @Column('bigint', { name: 'refunded_minor', default: 0 }) refundedMinor!: string;
  @Column('text') currency!: string;
  @Column('timestamptz', { name: 'promised_at' }) promisedAt!: Date;
  @Column('uuid', { name: 'accepted_by' }) acceptedBy!: string;
  @Column('timestamptz', { name: 'accepted_at' }) acceptedAt!: Date;
  @Column('timestamptz', { name: 'ready_at', nullable: true }) readyAt!: Date | null;
  @Column('integer', { nullable: true }) passed!: number | null;
  @Column('integer', { nullable: true }) failed!: number | null;
}

/** A state that an order came into. */
@Entity('service_order_event')
@ForeignKey('service_order', ['coopId', 'orderId'], ['coopId', 'id'], { name: 'service_order_event_order' })
export class ServiceOrderEventEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'service_order_event_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'order_id', primaryKeyConstraintName: 'service_order_event_pkey' })
  orderId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'service_order_event_pkey' })
  number!: number;
  @Column('text') state!: string;
  @Column('uuid', { name: 'actor_id' }) actorId!: string;
  @Column('timestamptz') at!: Date;
}

/** What one side wrote to the other; files are links that nobody here follows. */
@Entity('service_message')
@ForeignKey('service_order', ['coopId', 'orderId'], ['coopId', 'id'], { name: 'service_message_order' })
@ForeignKey('account', ['authorId'], ['id'], { name: 'service_message_author' })
@Check('service_message_side', `side IN ('provider', 'buyer')`)
@Index('service_message_by_order', ['coopId', 'orderId', 'sentAt', 'id'])
export class ServiceMessageEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'service_message_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'service_message_pkey' })
  id!: string;
  @Column('uuid', { name: 'order_id' }) orderId!: string;
  @Column('text') side!: string;
  @Column('uuid', { name: 'author_id' }) authorId!: string;
  @Column('text') text!: string;
  @Column('text', { array: true }) links!: string[];
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date;
}

/** Which operation of its order a booking is for. */
@Entity('service_booking')
@ForeignKey('booking', ['coopId', 'bookingId'], ['coopId', 'id'], { name: 'service_booking_booking' })
@ForeignKey('service_order', ['coopId', 'orderId'], ['coopId', 'id'], { name: 'service_booking_order' })
@Index('service_booking_by_order', ['coopId', 'orderId'])
export class ServiceBookingEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'service_booking_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { name: 'booking_id', primaryKeyConstraintName: 'service_booking_pkey' })
  bookingId!: string;
  @Column('uuid', { name: 'order_id' }) orderId!: string;
  @Column('integer') position!: number;
}

export const ORDER_ENTITIES = [
  ServiceQuoteEntity,
  ServiceOrderEntity,
  ServiceOrderEventEntity,
  ServiceMessageEntity,
  ServiceBookingEntity,
];

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { SaleOrderEntity } from './sale-order.entity.js';

/** The one payment of an order, and how far the provider has come with it. */
@Entity('payment')
@Unique('payment_order_once', ['coopId', 'orderId'])
@ForeignKey(() => SaleOrderEntity, ['coopId', 'orderId'], ['coopId', 'id'], { name: 'payment_order' })
@Check('payment_state', `state IN ('requested', 'pending', 'captured', 'declined')`)
@Index('payment_undone', { synchronize: false })
export class PaymentEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'payment_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'payment_pkey' })
  id!: string;
  @Column('uuid', { name: 'order_id' })
  orderId!: string;
  @Column('text')
  provider!: string;
  @Column('text')
  method!: string;
  @Column('text', { name: 'provider_reference', nullable: true })
  providerReference!: string | null;
  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: string;
  @Column('text')
  currency!: string;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PaymentEntity } from './payment.entity.js';
import { SaleOrderEntity } from './sale-order.entity.js';

/** Money that goes back to a buyer, and why; posted when it is decided, settled when the provider has sent it. */
@Entity('refund')
@ForeignKey(() => SaleOrderEntity, ['coopId', 'orderId'], ['coopId', 'id'], { name: 'refund_order' })
@ForeignKey(() => PaymentEntity, ['coopId', 'paymentId'], ['coopId', 'id'], { name: 'refund_payment' })
@Check('refund_amount', 'amount_minor > 0')
@Check('refund_reason', `reason IN ('minimum_not_met', 'late_capture', 'failed_unit')`)
@Check('refund_state', `state IN ('requested', 'settled')`)
@Index('refund_by_order', ['coopId', 'orderId'])
@Index('refund_undone', { synchronize: false })
export class RefundEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'refund_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'refund_pkey' })
  id!: string;
  @Column('uuid', { name: 'order_id' })
  orderId!: string;
  @Column('uuid', { name: 'payment_id' })
  paymentId!: string;
  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: string;
  @Column('text')
  reason!: string;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}

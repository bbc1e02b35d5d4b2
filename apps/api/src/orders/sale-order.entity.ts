import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DropEntity } from './drop.entity.js';

/** A pre-order of units of an edition; `state` says what has been done with it. */
@Entity('sale_order')
@ForeignKey(() => DropEntity, ['coopId', 'dropId'], ['coopId', 'id'], { name: 'sale_order_drop' })
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'sale_order_edition' })
@ForeignKey('account', ['buyerId'], ['id'], { name: 'sale_order_buyer' })
@Check(
  'sale_order_state',
  `state IN ('awaiting_payment', 'paid', 'declined', 'expired', 'kept', 'refunded', 'handed_over')`,
)
@Check('sale_order_quantity', 'quantity BETWEEN 1 AND 1000')
@Check('sale_order_amount', 'amount_minor = unit_price_minor * quantity')
@Check('sale_order_refund_within', 'refunded_minor BETWEEN 0 AND amount_minor')
@Index('sale_order_by_drop', ['coopId', 'dropId', 'id'])
@Index('sale_order_by_buyer', ['buyerId', 'placedAt', 'id'])
@Index('sale_order_unpaid', { synchronize: false })
@Index('sale_order_paid', { synchronize: false })
export class SaleOrderEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'sale_order_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'sale_order_pkey' })
  id!: string;
  @Column('uuid', { name: 'drop_id' })
  dropId!: string;
  @Column('uuid', { name: 'edition_id' })
  editionId!: string;
  @Column('uuid', { name: 'buyer_id' })
  buyerId!: string;
  @Column('integer')
  quantity!: number;
  @Column('bigint', { name: 'unit_price_minor' })
  unitPriceMinor!: string;
  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: string;
  @Column('bigint', { name: 'refunded_minor', default: 0 })
  refundedMinor!: string;
  @Column('text')
  currency!: string;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: Date;
  @Column('timestamptz', { name: 'pay_by' })
  payBy!: Date;
  @Column('timestamptz', { name: 'handed_over_at', nullable: true })
  handedOverAt!: Date | null;
}

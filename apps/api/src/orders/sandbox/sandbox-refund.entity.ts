import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { SandboxChargeEntity } from './sandbox-charge.entity.js';

/** A refund in the books of the built-in sandbox provider. */
@Entity('sandbox_refund')
@ForeignKey(() => SandboxChargeEntity, ['reference'], ['reference'], { name: 'sandbox_refund_charge' })
export class SandboxRefundEntity {
  @PrimaryColumn('text', { name: 'idempotency_key', primaryKeyConstraintName: 'sandbox_refund_pkey' })
  idempotencyKey!: string;
  @Column('uuid')
  reference!: string;
  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: string;
}

import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** A charge in the books of the built-in sandbox provider. */
@Entity('sandbox_charge')
@Unique('sandbox_charge_reference_once', ['reference'])
@Check('sandbox_charge_state', `state IN ('pending', 'captured', 'declined')`)
@Check('sandbox_charge_refund_within', 'refunded_minor BETWEEN 0 AND amount_minor')
@Index('sandbox_charge_due', { synchronize: false })
export class SandboxChargeEntity {
  @PrimaryColumn('text', { name: 'idempotency_key', primaryKeyConstraintName: 'sandbox_charge_pkey' })
  idempotencyKey!: string;
  @Column('uuid', { default: () => 'uuidv7()' })
  reference!: string;
  @Column('bigint', { name: 'amount_minor' })
  amountMinor!: string;
  @Column('text')
  currency!: string;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null;
  @Column('bigint', { name: 'refunded_minor', default: 0 })
  refundedMinor!: string;
}

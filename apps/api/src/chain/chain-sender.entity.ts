import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A paying address and the next nonce it gives. */
@Entity('chain_sender')
export class ChainSenderEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'chain_sender_pkey' }) address!: string;
  @Column('bigint', { name: 'next_nonce' }) nextNonce!: string;
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Who printed which card and when. */
@Entity('card_print')
@ForeignKey('certificate', ['coopId', 'certificateId'], ['coopId', 'id'], { name: 'card_print_certificate' })
@ForeignKey('account', ['printedBy'], ['id'], { name: 'card_print_printed_by' })
@Index('card_print_by_certificate', ['coopId', 'certificateId', 'id'])
export class CardPrintEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'card_print_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'card_print_pkey' }) id!: string;
  @Column('uuid', { name: 'certificate_id' }) certificateId!: string;
  @Column('uuid', { name: 'printed_by' }) printedBy!: string;
  @Column('timestamptz', { name: 'printed_at' }) printedAt!: Date;
}

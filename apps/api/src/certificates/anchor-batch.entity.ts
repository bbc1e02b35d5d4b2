import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Consecutive certificates of an edition that are anchored together. */
@Entity('anchor_batch')
@ForeignKey('edition', ['coopId', 'editionId'], ['coopId', 'id'], { name: 'anchor_batch_edition' })
@Check('anchor_batch_state', `state IN ('proposed', 'signed', 'anchored', 'refused', 'voided')`)
@Check('anchor_batch_count', 'unit_count > 0 AND first_serial > 0')
@Check(
  'anchor_batch_signed',
  `state NOT IN ('signed', 'anchored', 'voided') OR publisher_signature IS NOT NULL`,
)
@Check('anchor_batch_anchored', `(state IN ('anchored', 'voided')) = (anchored_at IS NOT NULL)`)
@Check('anchor_batch_refused', `(state = 'refused') = (refusal IS NOT NULL)`)
@Index('anchor_batch_of_edition', ['coopId', 'editionId', 'firstSerial'])
@Index('anchor_batch_place_once', { synchronize: false })
@Index('anchor_batch_not_anchored', { synchronize: false })
@Index('anchor_batch_undone', { synchronize: false })
export class AnchorBatchEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'anchor_batch_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'anchor_batch_pkey' })
  id!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('integer', { name: 'first_serial' }) firstSerial!: number;
  @Column('integer', { name: 'unit_count' }) unitCount!: number;
  @Column('text') root!: string;
  @Column('timestamptz', { name: 'cosign_until' }) cosignUntil!: Date;
  @Column('text') state!: string;
  @Column('text', { name: 'publisher_signature', nullable: true }) publisherSignature!: string | null;
  @Column('text', { nullable: true }) refusal!: string | null;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('timestamptz', { name: 'anchored_at', nullable: true }) anchoredAt!: Date | null;
}

import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An NFC tag inside a piece. */
@Entity('nfc_tag')
@ForeignKey('certificate', ['coopId', 'editionId', 'serial'], ['coopId', 'editionId', 'serial'], {
  name: 'nfc_tag_certificate',
})
@ForeignKey('account', ['registeredBy'], ['id'], { name: 'nfc_tag_registered_by' })
@Check('nfc_tag_uid', `uid ~ '^[0-9a-f]{14}$'`)
@Check('nfc_tag_counter', 'last_counter BETWEEN 0 AND 16777215')
@Check('nfc_tag_retired', '(retired_at IS NULL) = (retired_why IS NULL)')
@Index('nfc_tag_uid_once', { synchronize: false })
@Index('nfc_tag_piece_once', { synchronize: false })
@Index('nfc_tag_by_uid', ['coopId', 'uid'])
@Index('nfc_tag_of_edition', ['coopId', 'editionId', 'id'])
export class TagEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'nfc_tag_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'nfc_tag_pkey' }) id!: string;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('integer') serial!: number;
  @Column('text') uid!: string;
  @Column('integer', { name: 'key_version' }) keyVersion!: number;
  @Column('integer', { name: 'last_counter' }) lastCounter!: number;
  @Column('uuid', { name: 'registered_by' }) registeredBy!: string;
  @Column('timestamptz', { name: 'registered_at' }) registeredAt!: Date;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt!: Date | null;
  @Column('text', { name: 'retired_why', nullable: true }) retiredWhy!: string | null;
}

/** A code of a tag and the session that was the first to show it. */
@Entity('shown_tap')
@ForeignKey('nfc_tag', ['coopId', 'tagId'], ['coopId', 'id'], { name: 'shown_tap_tag' })
@Index('shown_tap_by_age', ['shownAt'])
export class ShownTapEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'shown_tap_pkey' }) coopId!: string;
  @PrimaryColumn('uuid', { name: 'tag_id', primaryKeyConstraintName: 'shown_tap_pkey' }) tagId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'shown_tap_pkey' }) counter!: number;
  @Column('bytea', { name: 'session_hash' }) sessionHash!: Buffer;
  @Column('timestamptz', { name: 'shown_at' }) shownAt!: Date;
}

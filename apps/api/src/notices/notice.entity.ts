import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What somebody was told, and whether they have read it. */
@Entity('notice')
@ForeignKey('coop', ['coopId'], ['id'], { name: 'notice_coop' })
@ForeignKey('account', ['accountId'], ['id'], { name: 'notice_account' })
@Index('notice_by_account', ['accountId', 'id'])
@Index('notice_unread', ['accountId', 'id'], { where: 'read_at IS NULL' })
@Check('notice_kind_form', `kind ~ '^[a-z][a-z_]{0,47}$'`)
@Check('notice_title_form', `length(title) BETWEEN 1 AND 200 AND title !~ '[[:cntrl:]]'`)
@Check('notice_body_length', `length(body) <= 4000`)
@Check('notice_link_form', `link ~ '^/([^/[:space:]][^[:space:]]*)?$'`)
export class NoticeEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'notice_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'notice_pkey' })
  id!: string;
  @Column('uuid', { name: 'account_id' })
  accountId!: string;
  @Column('text')
  kind!: string;
  @Column('text')
  title!: string;
  @Column('text')
  body!: string;
  @Column('text')
  link!: string;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt!: Date | null;
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Stands for a session for half a minute; deleted by its first use. */
@Entity('live_ticket')
@ForeignKey('account', ['accountId'], ['id'], { name: 'live_ticket_account' })
@ForeignKey('session', ['sessionId'], ['id'], { name: 'live_ticket_session' })
@Index('live_ticket_by_expiry', ['expiresAt'])
export class LiveTicketEntity {
  @PrimaryColumn('bytea', { name: 'ticket_hash', primaryKeyConstraintName: 'live_ticket_pkey' })
  ticketHash!: Buffer;
  @Column('uuid', { name: 'account_id' })
  accountId!: string;
  @Column('uuid', { name: 'session_id' })
  sessionId!: string;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
  @Column('timestamptz', { name: 'access_expires_at' })
  accessExpiresAt!: Date;
}

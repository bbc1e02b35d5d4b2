import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CoopEntity } from './coop.entity.js';
import { MembershipEntity } from './membership.entity.js';

/** An offer to join one co-op, sent to an e-mail address. */
@Entity('invitation')
@ForeignKey(() => CoopEntity, ['coopId'], ['id'], { name: 'invitation_coop' })
@ForeignKey(() => MembershipEntity, ['coopId', 'invitedBy'], ['coopId', 'accountId'], {
  name: 'invitation_inviter',
})
@Index('invitation_by_token', ['tokenHash'])
export class InvitationEntity {
  @PrimaryColumn('uuid', { name: 'coop_id', primaryKeyConstraintName: 'invitation_pkey' })
  coopId!: string;
  @PrimaryColumn('uuid', { default: () => 'uuidv7()', primaryKeyConstraintName: 'invitation_pkey' })
  id!: string;
  @Column('text')
  email!: string;
  @Column('text', { array: true })
  roles!: string[];
  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;
  @Column('uuid', { name: 'invited_by' })
  invitedBy!: string;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;
}

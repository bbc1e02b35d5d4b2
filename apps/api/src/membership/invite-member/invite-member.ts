import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../../platform/auth/index.js';
import { type Transaction, Transactions, newId } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { requireAdmin } from '../admins-only.js';
import { CoopsRepository } from '../coops.repository.js';
import { Credentials, EMAIL_FAULT, emailOf, hashOf } from '../credentials/index.js';
import { InvitationsRepository } from '../invitations.repository.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { ROLES_FAULT, roleSet } from '../role-set.js';
import { type InviteMemberInput, MemberInvited } from './invite-member.types.js';

const DAYS = 7;

/** Sends somebody a link with which to join the co-op. */
@Injectable()
export class InviteMember {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
    @Inject(InvitationsRepository) private readonly invitations: InvitationsRepository,
  ) {}

  async run(inviterId: string, input: InviteMemberInput): Promise<MemberInvited | InputRefused> {
    const email = emailOf(input.email);
    if (email === null) return new InputRefused('email', EMAIL_FAULT);
    const roles = roleSet(input.roles);
    if (roles === null) return new InputRefused('roles', ROLES_FAULT);
    return this.transactions.run(['MemberInvited'], (tx) =>
      this.invite(tx, inviterId, input.coopId, email, roles),
    );
  }

  private async invite(
    tx: Transaction,
    inviterId: string,
    coopId: string,
    email: string,
    roles: Role[],
  ): Promise<MemberInvited | InputRefused> {
    await this.coops.lock(tx, coopId);
    const now = await tx.now();
    requireAdmin(await this.memberships.live(tx, coopId), inviterId);
    if (await this.memberships.isMember(tx, coopId, email))
      return new InputRefused('email', 'This person is a member already. Set their roles instead.');
    const id = newId();
    const expiresAt = new Date(now.getTime() + DAYS * 86_400_000);
    const tokenHash = hashOf(this.credentials.tokenOf('invitation', id));
    await this.invitations.add(tx, { coopId, id, email, roles, tokenHash, invitedBy: inviterId, expiresAt });
    await this.jobs.enqueue(tx, 'mail_invitation', { coopId, invitationId: id });
    return new MemberInvited(id, expiresAt);
  }
}

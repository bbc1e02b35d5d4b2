import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound } from '../../platform/graphql/index.js';
import { requireAdmin } from '../admins-only.js';
import { CoopsRepository } from '../coops.repository.js';
import { InvitationsRepository } from '../invitations.repository.js';
import { LastAdmin } from '../last-admin.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { isLastAdmin } from '../role-set.js';
import { MemberRemoved, type RemoveMemberInput } from './remove-member.types.js';

/** Takes a member out of a co-op, with the open invitations to and by them. */
@Injectable()
export class RemoveMember {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
    @Inject(InvitationsRepository) private readonly invitations: InvitationsRepository,
  ) {}

  async run(
    callerId: string,
    { coopId, accountId }: RemoveMemberInput,
  ): Promise<MemberRemoved | NotFound | LastAdmin> {
    return this.transactions.run(['MemberRemoved'], async (tx) => {
      await this.coops.lock(tx, coopId);
      const members = await this.memberships.live(tx, coopId);
      requireAdmin(members, callerId);
      if (!members.some((member) => member.accountId === accountId)) return new NotFound('member');
      if (isLastAdmin(members, accountId)) return new LastAdmin();
      await this.memberships.remove(tx, coopId, accountId);
      await this.invitations.voidOf(tx, coopId, accountId);
      return new MemberRemoved(accountId);
    });
  }
}

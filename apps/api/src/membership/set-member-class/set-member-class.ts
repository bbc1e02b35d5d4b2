import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { requireAdmin } from '../admins-only.js';
import { CoopsRepository } from '../coops.repository.js';
import { MembershipsRepository } from '../memberships.repository.js';
import {
  MemberClassSet,
  type SetMemberClassInput,
  type SetMemberClassOutcome,
} from './set-member-class.types.js';

/** Puts a member into another class. */
@Injectable()
export class SetMemberClass {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
  ) {}

  async run(
    callerId: string,
    { coopId, accountId, memberClass }: SetMemberClassInput,
  ): Promise<SetMemberClassOutcome> {
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(memberClass))
      return new InputRefused(
        'memberClass',
        'memberClass takes 1 to 32 lower case letters, digits and dashes.',
      );
    if (!isUuid(accountId)) return new NotFound('member');
    return this.transactions.run<'MemberClassSet', SetMemberClassOutcome>(['MemberClassSet'], async (tx) => {
      await this.coops.lock(tx, coopId);
      const members = await this.memberships.live(tx, coopId);
      requireAdmin(members, callerId);
      const member = members.find((one) => one.accountId === accountId.toLowerCase());
      if (member === undefined) return new NotFound('member');
      await this.memberships.setClass(tx, { ...member, memberClass });
      return new MemberClassSet(member.accountId, memberClass);
    });
  }
}

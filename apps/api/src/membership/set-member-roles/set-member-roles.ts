import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { InputRefused, NotFound } from '../../platform/graphql/index.js';
import { requireAdmin } from '../admins-only.js';
import { CoopsRepository } from '../coops.repository.js';
import { LastAdmin } from '../last-admin.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { ROLES_FAULT, isLastAdmin, roleSet } from '../role-set.js';
import { RolesSet, type SetMemberRolesInput } from './set-member-roles.types.js';

/** Gives a member another set of roles. */
@Injectable()
export class SetMemberRoles {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
  ) {}

  async run(
    callerId: string,
    { coopId, accountId, roles: wanted }: SetMemberRolesInput,
  ): Promise<RolesSet | NotFound | LastAdmin | InputRefused> {
    const roles = roleSet(wanted);
    if (roles === null) return new InputRefused('roles', ROLES_FAULT);
    return this.transactions.run(['RolesSet'], async (tx) => {
      await this.coops.lock(tx, coopId);
      const members = await this.memberships.live(tx, coopId);
      requireAdmin(members, callerId);
      if (!members.some((member) => member.accountId === accountId)) return new NotFound('member');
      if (!roles.includes('admin') && isLastAdmin(members, accountId)) return new LastAdmin();
      await this.memberships.setRoles(tx, { coopId, accountId, roles });
      return new RolesSet(accountId, roles);
    });
  }
}

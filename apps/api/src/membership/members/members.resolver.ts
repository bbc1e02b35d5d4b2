import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, ROLES } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Connection,
  badUserInput,
  connectionOf,
  isUuid,
  pageRequest,
} from '../../platform/graphql/index.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { MemberConnection, type MemberType, MembersArgs } from './members.types.js';

@Resolver()
export class MembersResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => MemberConnection)
  async members(@CurrentActor() actor: Actor, @Args() args: MembersArgs): Promise<Connection<MemberType>> {
    const request = pageRequest(args, 1);
    if (!(request.after ?? []).every(isUuid)) throw badUserInput('after is not a cursor of this list.');
    const rows = await this.memberships.page(this.database, args.coopId, request);
    const isAdmin = actor.kind === 'Person' && actor.roles.get(args.coopId)?.has('admin') === true;
    return connectionOf(
      rows,
      request,
      (row) => [row.accountId],
      (row) => ({ ...row, email: isAdmin ? row.email : null }),
    );
  }
}

import { Inject } from '@nestjs/common';
import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type GraphqlContext, loaderOf } from '../../platform/graphql/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { Coops } from '../coop/coops.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { Me, MembershipType, meOf } from './me.types.js';

@Resolver(() => Me)
export class MeResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(MembershipsRepository) private readonly membershipRows: MembershipsRepository,
    @Inject(Coops) private readonly coops: Coops,
  ) {}

  @Access({ anyone: true })
  @Query(() => Me, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  async me(@CurrentActor() actor: Actor): Promise<Me | null> {
    if (actor.kind === 'Anonymous') return null;
    const [account] = await this.accounts.byIds(this.database, [actor.accountId]);
    if (account === undefined) return null;
    const withRoles = actor.kind === 'Person' && actor.method === 'password';
    return meOf(account, withRoles);
  }

  @ResolveField(() => [MembershipType])
  async memberships(@Parent() me: Me, @Context() context: GraphqlContext): Promise<MembershipType[]> {
    if (!me.withRoles) return [];
    const rows = await this.membershipRows.ofAccount(this.database, me.accountId);
    const loader = loaderOf(context, 'coop', (ids) => this.coops.byIds(ids), null);
    const found = await Promise.all(
      rows.map(async ({ coopId, roles }) => ({ coop: await loader.load(coopId), roles })),
    );
    return found.flatMap(({ coop, roles }) => (coop === null ? [] : [{ coop, roles }]));
  }
}

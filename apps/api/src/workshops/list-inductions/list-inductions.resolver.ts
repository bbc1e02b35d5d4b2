import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Accounts } from '../../membership/index.js';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  connectionOf,
  isUuid,
  loaderOf,
  pageRequest,
  type Connection,
  type GraphqlContext,
} from '../../platform/graphql/index.js';
import { InductionConnection, InductionRequirementType, InductionType } from '../induction.types.js';
import { InductionsRepository } from '../inductions.repository.js';

@Resolver(() => InductionType)
export class ListInductionsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InductionsRepository) private readonly inductions: InductionsRepository,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => InductionConnection, {
    name: 'inductions',
    description: "One's own, newest first; for who runs the workshops, everybody's or those of one member.",
  })
  async page(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
    @Args('accountId', { type: () => ID, nullable: true }) accountId?: string | null,
  ): Promise<Connection<InductionType>> {
    const request = pageRequest(args, 1);
    const whose = seesAll(actor, coopId) ? (accountId ?? null) : accountOf(actor);
    const known = [coopId, ...(whose === null ? [] : [whose]), ...(request.after ?? [])].every(isUuid);
    // Whoever asks for another's without the right to gets what is there for them: nothing.
    const allowed = whose === null || accountId === undefined || accountId === null || accountId === whose;
    const rows =
      known && allowed
        ? await this.inductions.page(this.database, { coopId, accountId: whose }, request)
        : [];
    return connectionOf(
      rows,
      request,
      (row) => [row.id],
      (row) => row,
    );
  }

  @Access({ anyone: true })
  @Query(() => [InductionRequirementType], {
    description: 'The kinds of cells of a co-op that need an induction.',
  })
  async inductionRequirements(
    @Args('coopId', { type: () => ID }) coopId: string,
  ): Promise<InductionRequirementType[]> {
    return isUuid(coopId) ? this.inductions.requirementsOf(this.database, [coopId]) : [];
  }

  @ResolveField(() => String, { description: 'Whose it is.' })
  memberName(@Parent() induction: InductionType, @Context() context: GraphqlContext): Promise<string> {
    return this.name(context, induction.accountId);
  }

  @ResolveField(() => String, { description: 'Who gave it.' })
  givenByName(@Parent() induction: InductionType, @Context() context: GraphqlContext): Promise<string> {
    return this.name(context, induction.givenBy);
  }

  private name(context: GraphqlContext, accountId: string): Promise<string> {
    return loaderOf<string>(
      context,
      'namesOfInductions',
      (ids) => this.accounts.displayNames(ids),
      'A former member',
    ).load(accountId);
  }
}

function seesAll(actor: Actor, coopId: string): boolean {
  const roles = actor.kind === 'Person' ? actor.roles.get(coopId) : undefined;
  return roles?.has('operator') === true || roles?.has('admin') === true;
}

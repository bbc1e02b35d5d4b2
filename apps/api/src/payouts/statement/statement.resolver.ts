import { Inject } from '@nestjs/common';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, mayCall, type Actor } from '../../platform/auth/index.js';
import { PageArgs, forbidden, isUuid, pageRequest, type Connection } from '../../platform/graphql/index.js';
import { Statements } from './statement.js';
import { Statement, StatementLineConnection, type StatementLine } from './statement.types.js';

@Resolver(() => Statement)
export class StatementResolver {
  constructor(@Inject(Statements) private readonly statements: Statements) {}

  @Access({ roles: ['member', 'operator', 'treasurer', 'admin'] })
  @Query(() => Statement, { name: 'statement', nullable: true })
  async statement(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('currency', { type: () => String }) currency: string,
    @Args('accountId', {
      type: () => ID,
      nullable: true,
      description: "Another member's, for treasurers and admins.",
    })
    accountId: string | null,
  ): Promise<Statement | null> {
    const mine = accountOf(actor);
    const whose = accountId ?? mine;
    if (whose !== mine && !mayCall({ roles: ['treasurer', 'admin'] }, actor, { coopId }))
      throw forbidden(
        "Only a treasurer or an admin reads another member's statement. Leave accountId out to read yours.",
      );
    if (!isUuid(whose)) return null;
    return this.statements.of(coopId, whose, currency);
  }

  @ResolveField(() => StatementLineConnection, { name: 'lines', description: 'Newest first.' })
  lines(@Parent() statement: Statement, @Args() page: PageArgs): Promise<Connection<StatementLine>> {
    return this.statements.lines(statement, pageRequest(page, 2));
  }
}

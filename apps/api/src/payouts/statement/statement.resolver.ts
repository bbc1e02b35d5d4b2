import { Inject } from '@nestjs/common';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, mayCall, type Actor } from '../../platform/auth/index.js';
import {
  PageArgs,
  badUserInput,
  forbidden,
  isUuid,
  pageRequest,
  type Connection,
} from '../../platform/graphql/index.js';
import { Statements } from './statement.js';
import { Statement, StatementLineConnection, type StatementLine } from './statement.types.js';

const CURRENCY = /^[A-Z]{3}$/;

// A sequence and a line, within their columns.
const PLACE = [/^[0-9]{1,15}$/, /^[0-9]{1,9}$/];

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
    const whose = accountId?.toLowerCase() ?? mine;
    if (whose !== mine && !mayCall({ roles: ['treasurer', 'admin'] }, actor, { coopId }))
      throw forbidden(
        "Only a treasurer or an admin reads another member's statement. Leave accountId out to read yours.",
      );
    if (!isUuid(whose) || !CURRENCY.test(currency)) return null;
    return this.statements.of(coopId, whose, currency);
  }

  @ResolveField(() => StatementLineConnection, { name: 'lines', description: 'Newest first.' })
  lines(@Parent() statement: Statement, @Args() page: PageArgs): Promise<Connection<StatementLine>> {
    const request = pageRequest(page, 2);
    if (request.after?.every((key, index) => PLACE[index]?.test(key)) === false)
      throw badUserInput('after is not a cursor of this list. Send an endCursor back unchanged.');
    return this.statements.lines(statement, request);
  }
}

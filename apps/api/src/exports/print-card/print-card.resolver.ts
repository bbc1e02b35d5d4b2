import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Accounts } from '../../membership/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Connection,
  type GraphqlContext,
  PageArgs,
  isUuid,
  loaderOf,
  pageById,
} from '../../platform/graphql/index.js';
import { CardPrintsRepository } from './card-prints.repository.js';
import { PrintCard } from './print-card.js';
import {
  CardPrintConnection,
  CardPrintType,
  PrintCardInput,
  type PrintCardOutcome,
  PrintCardResult,
} from './print-card.types.js';

@Resolver(() => CardPrintType)
export class PrintCardResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PrintCard) private readonly printCard: PrintCard,
    @Inject(CardPrintsRepository) private readonly prints: CardPrintsRepository,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => PrintCardResult, {
    name: 'printCard',
    description:
      'The card that goes with a piece, with its key under the scratch field. Each print is on record.',
  })
  run(@CurrentActor() actor: Actor, @Args('input') input: PrintCardInput): Promise<PrintCardOutcome> {
    return this.printCard.run(accountOf(actor), input);
  }

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => CardPrintConnection, {
    name: 'cardPrints',
    description: 'Who printed cards, newest first: of the co-op, or of the certificate named.',
  })
  list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('certificateId', { type: () => ID, nullable: true }) certificateId: string | null | undefined,
    @Args() args: PageArgs,
  ): Promise<Connection<CardPrintType>> {
    return pageById(args, async ({ limit, after }) => {
      const from = after?.[0] ?? null;
      if (certificateId === null || certificateId === undefined)
        return this.prints.ofCoop(this.database, coopId, from, limit + 1);
      if (!isUuid(certificateId)) return [];
      return this.prints.ofCertificate(this.database, { coopId, id: certificateId }, from, limit + 1);
    });
  }

  @ResolveField(() => String, { description: 'The display name of whoever printed.' })
  printedByName(@Parent() print: CardPrintType, @Context() context: GraphqlContext): Promise<string> {
    const load = (ids: readonly string[]) => this.accounts.displayNames(ids);
    return loaderOf<string>(context, 'name of printer', load, '').load(print.printedBy);
  }
}

import { Inject } from '@nestjs/common';
import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository } from '../rounds.repository.js';
import { RoundRequestType, RoundSlotType, RoundType } from '../rounds.types.js';

const keyOf = (coopId: string, id: string): string => `${coopId} ${id}`;

function keysOf(keys: readonly string[]): { coopId: string; id: string }[] {
  return keys.map((key) => {
    const [coopId = '', id = ''] = key.split(' ');
    return { coopId, id };
  });
}

/** What hangs on a round, batched for every round of an answer. */
@Resolver(() => RoundType)
export class RoundFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
  ) {}

  @ResolveField(() => [RoundSlotType], { description: 'By number; at most 50.' })
  slots(
    @Parent() round: RoundType,
    @CurrentActor() actor: Actor,
    @Context() context: GraphqlContext,
  ): Promise<RoundSlotType[]> {
    const load = async (keys: readonly string[]) =>
      Map.groupBy(await this.entries.shown(this.database, keysOf(keys), accountOf(actor)), (slot) =>
        keyOf(slot.coopId, slot.roundId),
      );
    return loaderOf<RoundSlotType[]>(context, 'slotsOfRound', load, []).load(keyOf(round.coopId, round.id));
  }

  @ResolveField(() => RoundRequestType, {
    nullable: true,
    description: 'What you ask for, under your pseudonym.',
  })
  yours(
    @Parent() round: RoundType,
    @CurrentActor() actor: Actor,
    @Context() context: GraphqlContext,
  ): Promise<RoundRequestType | null> {
    const load = async (keys: readonly string[]) => {
      const own = await this.entries.ownRequests(this.database, keysOf(keys), accountOf(actor));
      return new Map(own.map((request) => [keyOf(request.coopId, request.roundId), request]));
    };
    return loaderOf<RoundRequestType | null>(context, 'yoursOfRound', load, null).load(
      keyOf(round.coopId, round.id),
    );
  }

  @ResolveField(() => Boolean, {
    description: 'While it is open: who opened it may, and an admin once they have left the co-op.',
  })
  youMayCallOff(
    @Parent() round: RoundType,
    @CurrentActor() actor: Actor,
    @Context() context: GraphqlContext,
  ): Promise<boolean> {
    const load = async (keys: readonly string[]) => {
      const may = await this.rounds.mayCallOff(this.database, keysOf(keys), accountOf(actor));
      return new Map(keys.map((key) => [key, may.has(key.split(' ')[1] ?? '')]));
    };
    return loaderOf<boolean>(context, 'mayCallOffRound', load, false).load(keyOf(round.coopId, round.id));
  }

  @ResolveField(() => Int)
  requestCount(@Parent() round: RoundType, @Context() context: GraphqlContext): Promise<number> {
    const load = async (keys: readonly string[]) => {
      const counts = await this.entries.counts(this.database, keysOf(keys));
      return new Map(counts.map((row) => [keyOf(row.coopId, row.id), row.count]));
    };
    return loaderOf<number>(context, 'requestsOfRound', load, 0).load(keyOf(round.coopId, round.id));
  }
}

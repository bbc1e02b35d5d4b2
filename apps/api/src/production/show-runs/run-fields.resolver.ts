import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { EditionType, Editions, groupBy, keyOf, keysOf } from '../../catalog/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  badUserInput,
  connectionOf,
  isUuid,
  loaderOf,
  pageRequest,
  type Connection,
  type GraphqlContext,
  type PageRequest,
} from '../../platform/graphql/index.js';
import { LotsRepository } from '../lots.repository.js';
import { RunLotType, RunType, UnitConnection, UnitType } from '../production.types.js';
import { UnitsRepository } from '../units.repository.js';

function unitsPage(args: PageArgs): PageRequest {
  const page = pageRequest(args, 1);
  if (page.after?.every(isUuid) ?? true) return page;
  throw badUserInput('after is not a cursor of this list. Send an endCursor back unchanged.');
}

/** What hangs on a run, batched for every run of an answer. */
@Resolver(() => RunType)
export class RunFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(LotsRepository) private readonly repository: LotsRepository,
    @Inject(UnitsRepository) private readonly pieces: UnitsRepository,
  ) {}

  @ResolveField(() => EditionType)
  async edition(@Parent() run: RunType, @Context() context: GraphqlContext): Promise<EditionType> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.editions.byKeys(this.database, keysOf(keys))).map((one) => [
          keyOf(one.coopId, one.id),
          one,
        ]),
      );
    const key = keyOf(run.coopId, run.editionId);
    const edition = await loaderOf<EditionType | null>(context, 'edition of run', load, null).load(key);
    if (edition === null) throw new Error(`run ${run.id} has no edition`);
    return edition;
  }

  @ResolveField(() => [RunLotType], { description: 'By number, at most 200.' })
  lots(@Parent() run: RunType, @Context() context: GraphqlContext): Promise<RunLotType[]> {
    const load = async (keys: readonly string[]) =>
      groupBy(await this.repository.ofRuns(this.database, keysOf(keys)), (lot) =>
        keyOf(lot.coopId, lot.runId),
      );
    return loaderOf<RunLotType[]>(context, 'lots of run', load, []).load(keyOf(run.coopId, run.id));
  }

  @ResolveField(() => UnitConnection, { description: 'In the order of the orders, remakes last.' })
  async units(
    @Parent() run: RunType,
    @Args() args: PageArgs,
    @Context() context: GraphqlContext,
  ): Promise<Connection<UnitType>> {
    const page = unitsPage(args);
    const after = page.after?.[0] ?? null;
    const load = async (keys: readonly string[]) =>
      groupBy(await this.pieces.ofRuns(this.database, keysOf(keys), after, page.limit + 1), (unit) =>
        keyOf(unit.coopId, unit.runId),
      );
    const name = `units of run ${String(page.limit)} ${after ?? ''}`;
    const rows = await loaderOf<UnitType[]>(context, name, load, []).load(keyOf(run.coopId, run.id));
    return connectionOf(
      rows,
      page,
      (unit) => [unit.id],
      (unit) => unit,
    );
  }
}

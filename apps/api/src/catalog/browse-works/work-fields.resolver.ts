import { Inject } from '@nestjs/common';
import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/index.js';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/index.js';
import { EditionType, RecipeOperationType, WorkType } from '../catalog.types.js';
import { EditionsRepository } from '../editions.repository.js';
import { WorksRepository } from '../works.repository.js';
import { groupBy, keyOf, keysOf } from '../keys.js';

/** What hangs on a work, batched for every work of an answer. */
@Resolver(() => WorkType)
export class WorkFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorksRepository) private readonly works: WorksRepository,
    @Inject(EditionsRepository) private readonly repository: EditionsRepository,
  ) {}

  @ResolveField(() => [RecipeOperationType])
  recipe(@Parent() work: WorkType, @Context() context: GraphqlContext): Promise<RecipeOperationType[]> {
    const load = async (keys: readonly string[]) =>
      groupBy(await this.works.recipes(this.database, keysOf(keys)), (step) =>
        keyOf(step.coopId, step.workId),
      );
    return loaderOf<RecipeOperationType[]>(context, 'recipe of work', load, []).load(
      keyOf(work.coopId, work.id),
    );
  }

  @ResolveField(() => [EditionType], { description: 'Newest first, at most 100.' })
  editions(@Parent() work: WorkType, @Context() context: GraphqlContext): Promise<EditionType[]> {
    const load = async (keys: readonly string[]) =>
      groupBy(await this.repository.ofWorks(this.database, keysOf(keys)), (one) =>
        keyOf(one.coopId, one.workId),
      );
    return loaderOf<EditionType[]>(context, 'editions of work', load, []).load(keyOf(work.coopId, work.id));
  }
}

/** What hangs on an edition. */
@Resolver(() => EditionType)
export class EditionFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorksRepository) private readonly works: WorksRepository,
  ) {}

  @ResolveField(() => WorkType)
  async work(@Parent() edition: EditionType, @Context() context: GraphqlContext): Promise<WorkType> {
    const load = async (keys: readonly string[]) =>
      new Map(
        (await this.works.byKeys(this.database, keysOf(keys))).map((one) => [keyOf(one.coopId, one.id), one]),
      );
    const work = await loaderOf<WorkType | null>(context, 'work', load, null).load(
      keyOf(edition.coopId, edition.workId),
    );
    if (work === null) throw new Error(`edition ${edition.id} has no work`);
    return work;
  }

  @ResolveField(() => Int, { description: 'How many pieces have passed and got their serial.' })
  made(@Parent() edition: EditionType): number {
    return edition.nextSerial - 1;
  }
}

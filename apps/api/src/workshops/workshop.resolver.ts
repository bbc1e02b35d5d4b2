import { Inject } from '@nestjs/common';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import {
  PageArgs,
  connectionOf,
  connectionType,
  isUuid,
  loaderOf,
  pageRequest,
  type Connection,
  type GraphqlContext,
} from '../platform/graphql/index.js';
import { CellsRepository } from './cells.repository.js';
import { closuresFor } from './closures-for.js';
import { groupByKey, keyOf, keysOf } from './keys.js';
import { OpeningsRepository } from './openings.repository.js';
import { CellType, ClosureType, OpeningHoursType, WorkshopType } from './workshop.types.js';
import { Workshops } from './workshops.js';
import { WorkshopsRepository } from './workshops.repository.js';

const WorkshopConnection = connectionType(WorkshopType, 'Workshop');

@Resolver(() => WorkshopType)
export class WorkshopResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Workshops) private readonly workshops: Workshops,
    @Inject(WorkshopsRepository) private readonly repository: WorkshopsRepository,
    @Inject(CellsRepository) private readonly cells: CellsRepository,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
  ) {}

  @Access({ anyone: true })
  @Query(() => WorkshopConnection, {
    name: 'workshops',
    description: 'The workshops of a co-op, oldest first.',
  })
  async page(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<WorkshopType>> {
    const request = pageRequest(args, 1);
    const known = isUuid(coopId) && (request.after?.every(isUuid) ?? true);
    const rows = known ? await this.repository.page(this.database, coopId, request) : [];
    return connectionOf(
      rows,
      request,
      (row) => [row.id],
      (row) => row,
    );
  }

  @Access({ anyone: true })
  @Query(() => WorkshopType, { nullable: true })
  workshop(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<WorkshopType | null> {
    return this.workshops.byId(this.database, coopId, id);
  }

  @ResolveField(() => [OpeningHoursType])
  openingHours(
    @Parent() workshop: WorkshopType,
    @Context() context: GraphqlContext,
  ): Promise<OpeningHoursType[]> {
    return loaderOf<OpeningHoursType[]>(
      context,
      'openingHoursOfWorkshop',
      async (keys) =>
        groupByKey(await this.openings.hoursOf(this.database, keysOf(keys)), (row) =>
          keyOf(row.coopId, row.workshopId),
        ),
      [],
    ).load(keyOf(workshop.coopId, workshop.id));
  }

  @ResolveField(() => [ClosureType], {
    description: 'Of the whole workshop; what is not over yet, at most 50.',
  })
  async closures(
    @Parent() workshop: WorkshopType,
    @Context() context: GraphqlContext,
  ): Promise<ClosureType[]> {
    const found = await loaderOf<ClosureType[]>(
      context,
      'closuresOfWorkshop',
      async (keys) =>
        groupByKey(await this.openings.comingClosures(this.database, keysOf(keys)), (row) =>
          keyOf(row.coopId, row.workshopId),
        ),
      [],
    ).load(keyOf(workshop.coopId, workshop.id));
    return closuresFor(context.actor, workshop.coopId, found);
  }

  @ResolveField(() => [CellType], { name: 'cells' })
  cellsOf(@Parent() workshop: WorkshopType, @Context() context: GraphqlContext): Promise<CellType[]> {
    return loaderOf<CellType[]>(
      context,
      'cellsOfWorkshop',
      async (keys) =>
        groupByKey(await this.cells.ofWorkshops(this.database, keysOf(keys)), (row) =>
          keyOf(row.coopId, row.workshopId),
        ),
      [],
    ).load(keyOf(workshop.coopId, workshop.id));
  }
}

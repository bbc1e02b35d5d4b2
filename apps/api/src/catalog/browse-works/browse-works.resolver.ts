import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { PageArgs, connectionOf, isUuid, type Connection } from '../../platform/graphql/index.js';
import { emptyConnection, newestPage } from '../../platform/graphql/newest-page.js';
import { EditionType, WorkConnection, WorkType } from '../catalog.types.js';
import { Editions } from '../editions.js';
import { Works } from '../works.js';
import { WorksRepository } from '../works.repository.js';

/** The catalog, for everybody. */
@Resolver()
export class BrowseWorksResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorksRepository) private readonly repository: WorksRepository,
    @Inject(Works) private readonly works: Works,
    @Inject(Editions) private readonly editions: Editions,
  ) {}

  @Access({ anyone: true })
  @Query(() => WorkConnection, { name: 'works', description: 'The works of a co-op, newest first.' })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<WorkType>> {
    const page = newestPage(args);
    if (!isUuid(coopId)) return emptyConnection();
    const rows = await this.repository.newest(this.database, coopId, page);
    return connectionOf(
      rows,
      page,
      (work) => [work.createdAt.toISOString(), work.id],
      (work) => work,
    );
  }

  @Access({ anyone: true })
  @Query(() => WorkType, { name: 'work', nullable: true })
  async work(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<WorkType | null> {
    return isUuid(coopId) && isUuid(id) ? this.works.load(this.database, coopId, id) : null;
  }

  @Access({ anyone: true })
  @Query(() => EditionType, { name: 'edition', nullable: true })
  async edition(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<EditionType | null> {
    return isUuid(coopId) && isUuid(id) ? this.editions.load(this.database, coopId, id) : null;
  }
}

import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { PageArgs, connectionOf, isUuid, type Connection } from '../../platform/graphql/index.js';
import { newestPage } from '../../platform/graphql/newest-page.js';
import { RunConnection, RunType } from '../production.types.js';
import { RunsRepository } from '../runs.repository.js';

/** The runs of a co-op, for its people. */
@Resolver()
export class ShowRunsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RunsRepository) private readonly repository: RunsRepository,
  ) {}

  @Access({ roles: ['operator', 'admin', 'member'] })
  @Query(() => RunConnection, { name: 'runs', description: 'The runs of a co-op, newest first.' })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<RunType>> {
    const page = newestPage(args);
    const rows = await this.repository.newest(this.database, coopId, page);
    return connectionOf(
      rows,
      page,
      (run) => [run.lockedAt.toISOString(), run.id],
      (run) => run,
    );
  }

  @Access({ roles: ['operator', 'admin', 'member'] })
  @Query(() => RunType, { name: 'run', nullable: true })
  async run(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<RunType | null> {
    if (!isUuid(id)) return null;
    const [run] = await this.repository.byKeys(this.database, [{ coopId, id }]);
    return run ?? null;
  }
}

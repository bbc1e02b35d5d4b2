import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  PageArgs,
  badUserInput,
  connectionOf,
  isUuid,
  pageRequest,
  type Connection,
} from '../../platform/graphql/index.js';
import { emptyConnection } from '../../platform/graphql/newest-page.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository } from '../rounds.repository.js';
import {
  RoundConnection,
  RoundRequestConnection,
  RoundType,
  type RoundRequestType,
} from '../rounds.types.js';

const PSEUDONYM = /^[0-9a-f]{32}$/;

@Resolver()
export class BrowseRoundsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RoundsRepository) private readonly repository: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => RoundType, { nullable: true })
  async round(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<RoundType | null> {
    return isUuid(id) ? this.repository.byId(this.database, coopId, id) : null;
  }

  @Access({ roles: ROLES })
  @Query(() => RoundConnection, { description: 'The rounds of a co-op, newest first.' })
  async rounds(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args() page: PageArgs,
    @Args('cellId', { type: () => ID, nullable: true, description: 'Those of one cell only.' })
    cellId?: string | null,
  ): Promise<Connection<RoundType>> {
    const request = pageRequest(page, 1);
    if (request.after?.every(isUuid) === false) throw badUserInput('after is not a cursor of this list.');
    if (typeof cellId === 'string' && !isUuid(cellId)) return emptyConnection();
    const rows = await this.repository.page(this.database, coopId, cellId ?? null, request);
    return connectionOf(
      rows,
      request,
      (row) => [row.id],
      (row) => row,
    );
  }

  @Access({ roles: ROLES })
  @Query(() => RoundRequestConnection, { description: 'Who asks for what in a round, by pseudonym.' })
  async roundRequests(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('roundId', { type: () => ID }) roundId: string,
    @Args() page: PageArgs,
  ): Promise<Connection<RoundRequestType>> {
    const request = pageRequest(page, 1);
    if (request.after?.every((key) => PSEUDONYM.test(key)) === false)
      throw badUserInput('after is not a cursor of this list.');
    if (!isUuid(roundId)) return emptyConnection();
    const rows = await this.entries.page(this.database, { coopId, id: roundId }, accountOf(actor), request);
    return connectionOf(
      rows,
      request,
      (row) => [row.pseudonym],
      (row) => row,
    );
  }
}

import { Inject } from '@nestjs/common';
import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CoopType, Coops } from '../../membership/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type Connection,
  type GraphqlContext,
  PageArgs,
  badUserInput,
  connectionOf,
  isUuid,
  loaderOf,
  pageRequest,
} from '../../platform/graphql/index.js';
import { NoticesRepository } from '../notices.repository.js';
import { NoticeConnection, NoticeType } from './my-notices.types.js';

@Resolver(() => NoticeConnection)
export class MyNoticesResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NoticesRepository) private readonly notices: NoticesRepository,
  ) {}

  @Access({ person: true, brand: ['orders:write', 'exchange:read'] })
  @Query(() => NoticeConnection, { description: 'What the caller was told, by all co-ops, newest first.' })
  async myNotices(@CurrentActor() actor: Actor, @Args() args: PageArgs): Promise<Connection<NoticeType>> {
    const request = pageRequest(args, 1);
    if (!(request.after ?? []).every(isUuid)) throw badUserInput('after is not a cursor of this list.');
    const rows = await this.notices.page(this.database, accountOf(actor), request);
    return connectionOf(
      rows,
      request,
      (row) => [row.id],
      (row) => row,
    );
  }

  @ResolveField(() => Int, { description: 'How many are unread in all; 999 stands for that many and more.' })
  async unread(@CurrentActor() actor: Actor): Promise<number> {
    return this.notices.countUnread(this.database, accountOf(actor));
  }
}

@Resolver(() => NoticeType)
export class NoticeResolver {
  constructor(@Inject(Coops) private readonly coops: Coops) {}

  @ResolveField(() => CoopType, { description: 'Where it happened.' })
  async coop(@Parent() notice: NoticeType, @Context() context: GraphqlContext): Promise<CoopType> {
    const found = await loaderOf<CoopType | null>(
      context,
      'coopOfNotice',
      (ids) => this.coops.byIds(ids),
      null,
    ).load(notice.coopId);
    if (found === null) throw new Error(`co-op ${notice.coopId} is gone although a foreign key keeps it`);
    return found;
  }
}

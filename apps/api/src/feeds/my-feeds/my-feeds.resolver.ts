import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { FeedType } from '../feed.types.js';
import { FeedsRepository } from '../feeds.repository.js';

@Resolver()
export class MyFeedsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedsRepository) private readonly feeds: FeedsRepository,
  ) {}

  @Access({ person: 'password' })
  @Query(() => [FeedType], { description: "The caller's calendar feeds, at most twenty, newest first." })
  async myFeeds(@CurrentActor() actor: Actor): Promise<FeedType[]> {
    return this.feeds.ofAccount(this.database, accountOf(actor));
  }
}

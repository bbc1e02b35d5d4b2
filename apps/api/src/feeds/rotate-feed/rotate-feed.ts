import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { hashOf, newSecret, urlOf } from '../feed-secret.js';
import { FeedsRepository } from '../feeds.repository.js';
import { FeedRotated } from './rotate-feed.types.js';

/** Gives a feed another address, for when too many know the present one. */
@Injectable()
export class RotateFeed {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(FeedsRepository) private readonly feeds: FeedsRepository,
  ) {}

  async run(accountId: string, feedId: string): Promise<FeedRotated | NotFound> {
    if (!isUuid(feedId)) return new NotFound('feed');
    const secret = newSecret();
    return this.transactions.run(['FeedRotated'], async (tx) => {
      const feed = await this.feeds.rotate(tx, accountId, feedId, hashOf(secret));
      return feed === null ? new NotFound('feed') : new FeedRotated(feed, urlOf(this.config, secret));
    });
  }
}

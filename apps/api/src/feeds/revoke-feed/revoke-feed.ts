import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { FeedsRepository } from '../feeds.repository.js';
import { FeedRevoked } from './revoke-feed.types.js';

/** Ends a feed of the caller; ending it again changes nothing. */
@Injectable()
export class RevokeFeed {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(FeedsRepository) private readonly feeds: FeedsRepository,
  ) {}

  async run(accountId: string, feedId: string): Promise<FeedRevoked | NotFound> {
    if (!isUuid(feedId)) return new NotFound('feed');
    return this.transactions.run(['FeedRevoked'], async (tx) =>
      (await this.feeds.revoke(tx, accountId, feedId)) ? new FeedRevoked(feedId) : new NotFound('feed'),
    );
  }
}

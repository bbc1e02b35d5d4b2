import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database, Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { Cells } from '../../workshops/index.js';
import { hashOf, newSecret, urlOf } from '../feed-secret.js';
import { FeedLimitReached } from '../feed.types.js';
import { FeedsRepository } from '../feeds.repository.js';
import { FeedCreated } from './create-feed.types.js';

const MOST_FEEDS = 20;

/** Whose feed is asked for: one's own, or that of a station whose co-op one runs. */
export interface FeedWanted {
  readonly accountId: string;
  readonly coopId: string | null;
  readonly stationId: string | null;
  /** True when the caller is an operator or admin of that co-op. */
  readonly runsCoop: boolean;
}

/** Makes an address at which calendars elsewhere can read bookings. */
@Injectable()
export class CreateFeed {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Cells) private readonly cells: Cells,
    @Inject(FeedsRepository) private readonly feeds: FeedsRepository,
  ) {}

  async run(wanted: FeedWanted): Promise<FeedCreated | NotFound | InputRefused | FeedLimitReached> {
    const { accountId, coopId, stationId } = wanted;
    if ((coopId === null) !== (stationId === null))
      return new InputRefused(
        'stationId',
        'A station needs its co-op: send both, or neither for your own feed.',
      );
    if (
      coopId !== null &&
      stationId !== null &&
      !(wanted.runsCoop && (await this.isStation(coopId, stationId)))
    )
      return new NotFound('station');
    return this.transactions.run(['FeedCreated'], async (tx) => {
      if ((await this.feeds.lockAndCount(tx, accountId)) >= MOST_FEEDS)
        return new FeedLimitReached(MOST_FEEDS);
      const secret = newSecret();
      const secretHash = hashOf(secret);
      const feed = await this.feeds.add(tx, { id: newId(), accountId, coopId, stationId, secretHash });
      return new FeedCreated(feed, urlOf(this.config, secret));
    });
  }

  private async isStation(coopId: string, id: string): Promise<boolean> {
    if (!isUuid(coopId) || !isUuid(id)) return false;
    return (await this.cells.stationsByIds(this.database, [{ coopId, id }])).length > 0;
  }
}

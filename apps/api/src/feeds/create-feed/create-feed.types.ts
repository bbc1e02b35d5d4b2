import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { FeedLimitReached, FeedType } from '../feed.types.js';
import type { Feed } from '../feeds.repository.js';

@InputType()
export class CreateFeedInput {
  @Field(() => ID, {
    nullable: true,
    description: 'With stationId: the feed of a station, for its operators and admins.',
  })
  coopId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Without both: the feed of all own bookings in all co-ops.',
  })
  stationId?: string | null;
}

@ObjectType({ description: 'Whoever knows the url can read the calendar. It is not shown again.' })
export class FeedCreated {
  readonly kind = 'FeedCreated';
  @Field(() => FeedType) feed: Feed;
  @Field(() => String) url: string;

  constructor(feed: Feed, url: string) {
    this.feed = feed;
    this.url = url;
  }
}

export const CreateFeedResult = resultUnion('CreateFeedResult', () => [
  FeedCreated,
  NotFound,
  InputRefused,
  FeedLimitReached,
]);

import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { FeedType } from '../feed.types.js';
import type { Feed } from '../feeds.repository.js';

@InputType()
export class RotateFeedInput {
  @Field(() => ID) feedId!: string;
}

@ObjectType({ description: 'The address before this one is gone; this one is not shown again.' })
export class FeedRotated {
  readonly kind = 'FeedRotated';
  @Field(() => FeedType) feed: Feed;
  @Field(() => String) url: string;

  constructor(feed: Feed, url: string) {
    this.feed = feed;
    this.url = url;
  }
}

export const RotateFeedResult = resultUnion('RotateFeedResult', () => [FeedRotated, NotFound]);

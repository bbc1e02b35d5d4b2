import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class RevokeFeedInput {
  @Field(() => ID) feedId!: string;
}

@ObjectType({ description: 'Its address answers nothing from now on.' })
export class FeedRevoked {
  readonly kind = 'FeedRevoked';
  @Field(() => ID) feedId: string;

  constructor(feedId: string) {
    this.feedId = feedId;
  }
}

export const RevokeFeedResult = resultUnion('RevokeFeedResult', () => [FeedRevoked, NotFound]);

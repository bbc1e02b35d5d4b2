import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { RotateFeed } from './rotate-feed.js';
import { RotateFeedInput, RotateFeedResult } from './rotate-feed.types.js';

@Resolver()
export class RotateFeedResolver {
  constructor(@Inject(RotateFeed) private readonly feeds: RotateFeed) {}

  @Access({ person: 'password' })
  @Mutation(() => RotateFeedResult)
  async rotateFeed(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RotateFeedInput }) { feedId }: RotateFeedInput,
  ): Promise<typeof RotateFeedResult> {
    return this.feeds.run(accountOf(actor), feedId);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { RevokeFeed } from './revoke-feed.js';
import { RevokeFeedInput, RevokeFeedResult } from './revoke-feed.types.js';

@Resolver()
export class RevokeFeedResolver {
  constructor(@Inject(RevokeFeed) private readonly feeds: RevokeFeed) {}

  @Access({ person: 'password' })
  @Mutation(() => RevokeFeedResult)
  async revokeFeed(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RevokeFeedInput }) { feedId }: RevokeFeedInput,
  ): Promise<typeof RevokeFeedResult> {
    return this.feeds.run(accountOf(actor), feedId);
  }
}

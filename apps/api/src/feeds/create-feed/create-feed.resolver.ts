import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { runsWorkshop } from '../../booking/index.js';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { CreateFeed } from './create-feed.js';
import { CreateFeedInput, CreateFeedResult } from './create-feed.types.js';

@Resolver()
export class CreateFeedResolver {
  constructor(@Inject(CreateFeed) private readonly feeds: CreateFeed) {}

  @Access({ person: 'password' })
  @Mutation(() => CreateFeedResult)
  async createFeed(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateFeedInput }) input: CreateFeedInput,
  ): Promise<typeof CreateFeedResult> {
    const coopId = input.coopId ?? null;
    return this.feeds.run({
      accountId: accountOf(actor),
      coopId,
      stationId: input.stationId ?? null,
      runsCoop: coopId !== null && runsWorkshop(actor, coopId),
    });
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { ReadNotices } from './read-notices.js';
import { ReadNoticesInput, ReadNoticesResult } from './read-notices.types.js';

@Resolver()
export class ReadNoticesResolver {
  constructor(@Inject(ReadNotices) private readonly notices: ReadNotices) {}

  @Access({ person: true, brand: ['orders:write', 'exchange:write'] })
  @Mutation(() => ReadNoticesResult)
  async readNotices(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ReadNoticesInput }) input: ReadNoticesInput,
  ): Promise<typeof ReadNoticesResult> {
    return this.notices.run(accountOf(actor), input);
  }
}

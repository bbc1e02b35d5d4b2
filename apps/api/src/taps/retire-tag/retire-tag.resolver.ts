import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { RetireTag } from './retire-tag.js';
import { RetireTagInput, type RetireTagOutcome, RetireTagResult } from './retire-tag.types.js';

@Resolver()
export class RetireTagResolver {
  constructor(@Inject(RetireTag) private readonly retireTag: RetireTag) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => RetireTagResult, { name: 'retireTag' })
  run(@CurrentActor() actor: Actor, @Args('input') input: RetireTagInput): Promise<RetireTagOutcome> {
    return this.retireTag.run(accountOf(actor), input);
  }
}

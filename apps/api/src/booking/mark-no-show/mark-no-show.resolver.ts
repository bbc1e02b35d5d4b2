import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { MarkNoShow } from './mark-no-show.js';
import { MarkNoShowInput, MarkNoShowResult, type MarkNoShowOutcome } from './mark-no-show.types.js';

@Resolver()
export class MarkNoShowResolver {
  constructor(@Inject(MarkNoShow) private readonly markNoShow: MarkNoShow) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => MarkNoShowResult, {
    name: 'markNoShow',
    description: 'Nobody came: the rest of the window is free again, and the policy says what it costs.',
  })
  run(@CurrentActor() actor: Actor, @Args('input') input: MarkNoShowInput): Promise<MarkNoShowOutcome> {
    return this.markNoShow.run(accountOf(actor), input);
  }
}

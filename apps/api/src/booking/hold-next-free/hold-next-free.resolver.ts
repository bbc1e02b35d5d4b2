import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { HoldNextFree } from './hold-next-free.js';
import { HoldNextFreeInput, HoldNextFreeResult, type HoldNextFreeOutcome } from './hold-next-free.types.js';

@Resolver()
export class HoldNextFreeResolver {
  constructor(@Inject(HoldNextFree) private readonly holdNextFree: HoldNextFree) {}

  @Access({ roles: ROLES })
  @Mutation(() => HoldNextFreeResult, {
    name: 'holdNextFree',
    description: 'Holds the earliest window of a length that its member may have.',
  })
  run(@CurrentActor() actor: Actor, @Args('input') input: HoldNextFreeInput): Promise<HoldNextFreeOutcome> {
    return this.holdNextFree.run(accountOf(actor), input);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { HoldSlot } from './hold-slot.js';
import { HoldSlotInput, HoldSlotResult, type HoldSlotOutcome } from './hold-slot.types.js';

@Resolver()
export class HoldSlotResolver {
  constructor(@Inject(HoldSlot) private readonly holdSlot: HoldSlot) {}

  @Access({ roles: ROLES })
  @Mutation(() => HoldSlotResult, { name: 'holdSlot' })
  run(@CurrentActor() actor: Actor, @Args('input') input: HoldSlotInput): Promise<HoldSlotOutcome> {
    return this.holdSlot.run(accountOf(actor), input);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { RequestSlots } from './request-slots.js';
import { RequestSlotsInput, RequestSlotsResult, type RequestSlotsOutcome } from './request-slots.types.js';

@Resolver()
export class RequestSlotsResolver {
  constructor(@Inject(RequestSlots) private readonly requestSlots: RequestSlots) {}

  @Access({ roles: ROLES })
  @Mutation(() => RequestSlotsResult, { name: 'requestSlots' })
  run(@CurrentActor() actor: Actor, @Args('input') input: RequestSlotsInput): Promise<RequestSlotsOutcome> {
    return this.requestSlots.run(accountOf(actor), input);
  }
}

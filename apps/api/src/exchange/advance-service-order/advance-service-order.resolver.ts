import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { AdvanceServiceOrder } from './advance-service-order.js';
import {
  AdvanceServiceOrderInput,
  AdvanceServiceOrderResult,
  type AdvanceServiceOrderOutcome,
} from './advance-service-order.types.js';

@Resolver()
export class AdvanceServiceOrderResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(AdvanceServiceOrder) private readonly advanceServiceOrder: AdvanceServiceOrder,
  ) {}

  @Access({ roles: ['operator', 'admin'], brand: 'exchange:write' })
  @Mutation(() => AdvanceServiceOrderResult, { name: 'advanceServiceOrder' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: AdvanceServiceOrderInput,
  ): Promise<AdvanceServiceOrderOutcome> {
    return this.advanceServiceOrder.run(await this.parties.of(actor, input.coopId), input);
  }
}

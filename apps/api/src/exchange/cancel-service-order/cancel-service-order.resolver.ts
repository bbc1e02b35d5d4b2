import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { CancelServiceOrder } from './cancel-service-order.js';
import {
  CancelServiceOrderInput,
  CancelServiceOrderResult,
  type CancelServiceOrderOutcome,
} from './cancel-service-order.types.js';

@Resolver()
export class CancelServiceOrderResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(CancelServiceOrder) private readonly cancelServiceOrder: CancelServiceOrder,
  ) {}

  @Access({ roles: ['treasurer', 'admin'], brand: 'exchange:write' })
  @Mutation(() => CancelServiceOrderResult, { name: 'cancelServiceOrder' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: CancelServiceOrderInput,
  ): Promise<CancelServiceOrderOutcome> {
    return this.cancelServiceOrder.run(await this.parties.of(actor, input.coopId), input);
  }
}

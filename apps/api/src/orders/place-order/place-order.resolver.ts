import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { PlaceOrder } from './place-order.js';
import { PlaceOrderInput, PlaceOrderResult, type PlaceOrderOutcome } from './place-order.types.js';

@Resolver()
export class PlaceOrderResolver {
  constructor(@Inject(PlaceOrder) private readonly placeOrder: PlaceOrder) {}

  @Access({ person: true, brand: 'orders:write' })
  @Mutation(() => PlaceOrderResult, { name: 'placeOrder' })
  run(
    @Args('input', { type: () => PlaceOrderInput }) input: PlaceOrderInput,
    @CurrentActor() actor: Actor,
  ): Promise<PlaceOrderOutcome> {
    return this.placeOrder.run(accountOf(actor), input);
  }
}

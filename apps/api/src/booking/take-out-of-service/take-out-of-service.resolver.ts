import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { TakeOutOfService } from './take-out-of-service.js';
import {
  TakeOutOfServiceInput,
  TakeOutOfServiceResult,
  type TakeOutOfServiceOutcome,
} from './take-out-of-service.types.js';

@Resolver()
export class TakeOutOfServiceResolver {
  constructor(@Inject(TakeOutOfService) private readonly takeOutOfService: TakeOutOfService) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => TakeOutOfServiceResult, { name: 'takeOutOfService' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: TakeOutOfServiceInput,
  ): Promise<TakeOutOfServiceOutcome> {
    return this.takeOutOfService.run(accountOf(actor), input);
  }
}

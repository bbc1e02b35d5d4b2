import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { ReturnToService } from './return-to-service.js';
import {
  ReturnToServiceInput,
  ReturnToServiceResult,
  type ReturnToServiceOutcome,
} from './return-to-service.types.js';

@Resolver()
export class ReturnToServiceResolver {
  constructor(@Inject(ReturnToService) private readonly returnToService: ReturnToService) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => ReturnToServiceResult, { name: 'returnToService' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: ReturnToServiceInput,
  ): Promise<ReturnToServiceOutcome> {
    return this.returnToService.run(accountOf(actor), input);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { CreateWork } from './create-work.js';
import { CreateWorkInput, CreateWorkResult, type CreateWorkOutcome } from './create-work.types.js';

@Resolver()
export class CreateWorkResolver {
  constructor(@Inject(CreateWork) private readonly createWork: CreateWork) {}

  @Access({ roles: ['member', 'admin'] })
  @Mutation(() => CreateWorkResult, { name: 'createWork' })
  run(
    @Args('input', { type: () => CreateWorkInput }) input: CreateWorkInput,
    @CurrentActor() actor: Actor,
  ): Promise<CreateWorkOutcome> {
    return this.createWork.run(accountOf(actor), input);
  }
}

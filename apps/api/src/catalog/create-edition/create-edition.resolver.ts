import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { CreateEdition } from './create-edition.js';
import {
  CreateEditionInput,
  CreateEditionResult,
  type CreateEditionOutcome,
} from './create-edition.types.js';

@Resolver()
export class CreateEditionResolver {
  constructor(@Inject(CreateEdition) private readonly createEdition: CreateEdition) {}

  @Access({ roles: ['member', 'admin'] })
  @Mutation(() => CreateEditionResult, { name: 'createEdition' })
  run(
    @Args('input', { type: () => CreateEditionInput }) input: CreateEditionInput,
    @CurrentActor() actor: Actor,
  ): Promise<CreateEditionOutcome> {
    return this.createEdition.run(accountOf(actor), input);
  }
}

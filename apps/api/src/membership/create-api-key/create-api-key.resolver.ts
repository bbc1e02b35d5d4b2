import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { CreateApiKey } from './create-api-key.js';
import { CreateApiKeyInput, CreateApiKeyResult } from './create-api-key.types.js';

@Resolver()
export class CreateApiKeyResolver {
  constructor(@Inject(CreateApiKey) private readonly apiKeys: CreateApiKey) {}

  @Access({ person: 'password' })
  @Mutation(() => CreateApiKeyResult)
  async createApiKey(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateApiKeyInput }) input: CreateApiKeyInput,
  ): Promise<typeof CreateApiKeyResult> {
    return this.apiKeys.run(accountOf(actor), input);
  }
}

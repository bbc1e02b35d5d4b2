import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RevokeApiKeyInput, RevokeApiKeyResult } from './revoke-api-key.types.js';

@Resolver()
export class RevokeApiKeyResolver {
  constructor(@Inject(RevokeApiKey) private readonly apiKeys: RevokeApiKey) {}

  @Access({ person: 'password' })
  @Mutation(() => RevokeApiKeyResult)
  async revokeApiKey(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RevokeApiKeyInput }) input: RevokeApiKeyInput,
  ): Promise<typeof RevokeApiKeyResult> {
    return this.apiKeys.run(accountOf(actor), input);
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor } from '../../platform/auth/index.js';
import { passwordPersonOf } from '../password-person.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RevokeApiKeyInput, RevokeApiKeyResult } from './revoke-api-key.types.js';

@Resolver()
export class RevokeApiKeyResolver {
  constructor(@Inject(RevokeApiKey) private readonly apiKeys: RevokeApiKey) {}

  @Access({ person: true })
  @Mutation(() => RevokeApiKeyResult)
  async revokeApiKey(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RevokeApiKeyInput }) input: RevokeApiKeyInput,
  ): Promise<typeof RevokeApiKeyResult> {
    return this.apiKeys.run(passwordPersonOf(actor), input);
  }
}

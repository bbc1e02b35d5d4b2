import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { ApiKeysRepository } from '../api-keys.repository.js';
import { ApiKeyRevoked, type RevokeApiKeyInput } from './revoke-api-key.types.js';

/** Ends an API key; ending it again changes nothing. */
@Injectable()
export class RevokeApiKey {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(ApiKeysRepository) private readonly apiKeys: ApiKeysRepository,
  ) {}

  async run(ownerId: string, { brandId, keyId }: RevokeApiKeyInput): Promise<ApiKeyRevoked | NotFound> {
    if (!isUuid(brandId) || !isUuid(keyId)) return new NotFound('API key');
    return this.transactions.run(['ApiKeyRevoked'], async (tx) => {
      const brand = await this.accounts.lock(tx, brandId);
      if (brand?.ownerId !== ownerId) return new NotFound('API key');
      const found = await this.apiKeys.revoke(tx, brandId, keyId);
      return found ? new ApiKeyRevoked(keyId) : new NotFound('API key');
    });
  }
}

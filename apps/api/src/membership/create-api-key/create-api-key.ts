import { Inject, Injectable } from '@nestjs/common';
import { SCOPES } from '../../platform/auth/index.js';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { ApiKeysRepository, MOST_KEYS } from '../api-keys.repository.js';
import { hashOf, newApiKey } from '../credentials/index.js';
import { nameFault } from '../display-name.js';
import { ApiKeyCreated, type CreateApiKeyInput } from './create-api-key.types.js';

/** Gives a brand a new API key. */
@Injectable()
export class CreateApiKey {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(ApiKeysRepository) private readonly apiKeys: ApiKeysRepository,
  ) {}

  async run(ownerId: string, input: CreateApiKeyInput): Promise<ApiKeyCreated | NotFound | InputRefused> {
    const fault = nameFault(input.name);
    if (fault !== null) return new InputRefused('name', fault);
    const scopes = SCOPES.filter((scope) => input.scopes.includes(scope));
    if (scopes.length === 0)
      return new InputRefused('scopes', 'A key without a scope can do nothing. Choose one.');
    if (!isUuid(input.brandId)) return new NotFound('brand');
    return this.transactions.run(['ApiKeyCreated'], async (tx) => {
      // The lock makes keys of one brand come one at a time, so that their number can be counted.
      const brand = await this.accounts.lock(tx, input.brandId);
      if (brand?.kind !== 'brand' || brand.ownerId !== ownerId) return new NotFound('brand');
      if ((await this.apiKeys.countLive(tx, brand.id)) >= MOST_KEYS)
        return new InputRefused(
          'brandId',
          `A brand has at most ${String(MOST_KEYS)} keys. Revoke one first.`,
        );
      const keyId = newId();
      const key = newApiKey();
      await this.apiKeys.add(tx, {
        id: keyId,
        brandId: brand.id,
        name: input.name.trim(),
        keyHash: hashOf(key),
        scopes,
      });
      return new ApiKeyCreated(keyId, key);
    });
  }
}

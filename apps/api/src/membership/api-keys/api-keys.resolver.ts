import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { ApiKeysRepository } from '../api-keys.repository.js';
import { ApiKeyType } from './api-keys.types.js';

@Resolver()
export class ApiKeysResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(ApiKeysRepository) private readonly repository: ApiKeysRepository,
  ) {}

  @Access({ person: true })
  @Query(() => [ApiKeyType], {
    description: 'The newest 50 keys of a brand that the caller owns; none of any other.',
  })
  async apiKeys(
    @CurrentActor() actor: Actor,
    @Args('brandId', { type: () => ID }) brandId: string,
  ): Promise<ApiKeyType[]> {
    if (!isUuid(brandId)) return [];
    const [brand] = await this.accounts.byIds(this.database, [brandId]);
    if (brand?.ownerId !== accountOf(actor)) return [];
    return this.repository.ofBrand(this.database, brand.id);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { ProviderBrandsRepository } from '../provider-brands.repository.js';
import {
  ProviderBrandSet,
  type SetProviderBrandInput,
  type SetProviderBrandOutcome,
} from './set-provider-brand.types.js';

/** Lets a brand act for a provider by API key; its admin must own the brand. */
@Injectable()
export class SetProviderBrand {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ProviderBrandsRepository) private readonly brands: ProviderBrandsRepository,
  ) {}

  async run(accountId: string, { coopId, brandId }: SetProviderBrandInput): Promise<SetProviderBrandOutcome> {
    if (!isUuid(brandId)) return new NotFound('brand');
    return this.transactions.run<'ProviderBrandSet', SetProviderBrandOutcome>(
      ['ProviderBrandSet'],
      async (tx) =>
        (await this.brands.set(tx, coopId, brandId, accountId))
          ? new ProviderBrandSet(coopId, brandId)
          : new NotFound('brand'),
    );
  }
}

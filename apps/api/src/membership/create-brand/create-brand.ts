import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { nameFault } from '../display-name.js';
import { BrandCreated } from './create-brand.types.js';

/** Makes a brand that the caller owns. */
@Injectable()
export class CreateBrand {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
  ) {}

  async run(ownerId: string, name: string): Promise<BrandCreated | InputRefused> {
    const fault = nameFault(name);
    if (fault !== null) return new InputRefused('name', fault);
    return this.transactions.run(['BrandCreated'], async (tx) => {
      const brandId = newId();
      await this.accounts.addBrand(tx, brandId, name.trim(), ownerId);
      return new BrandCreated(brandId);
    });
  }
}

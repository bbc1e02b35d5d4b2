import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { PacksRepository } from '../packs.repository.js';
import {
  CreditPackRetired,
  type RetireCreditPackInput,
  type RetireCreditPackOutcome,
} from './retire-credit-pack.types.js';

/** Takes a pack off sale; retiring it again changes nothing. */
@Injectable()
export class RetireCreditPack {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  async run({ coopId, packId }: RetireCreditPackInput): Promise<RetireCreditPackOutcome> {
    if (!isUuid(coopId) || !isUuid(packId)) return new NotFound('pack');
    return this.transactions.run<'CreditPackRetired', RetireCreditPackOutcome>(
      ['CreditPackRetired'],
      async (tx) => {
        await this.packs.retire(tx, coopId, packId);
        const pack = await this.packs.byId(tx, coopId, packId);
        return pack === null ? new NotFound('pack') : new CreditPackRetired(pack);
      },
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { OffersRepository } from '../offers.repository.js';
import type { Party } from '../party.js';
import {
  OfferWithdrawn,
  type WithdrawOfferInput,
  type WithdrawOfferOutcome,
} from './withdraw-offer.types.js';

/** Takes an offer off the list; withdrawing it again changes nothing. */
@Injectable()
export class WithdrawOffer {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
  ) {}

  async run(party: Party | null, { offerId }: WithdrawOfferInput): Promise<WithdrawOfferOutcome> {
    const coopId = party?.coopId ?? null;
    if (coopId === null || !isUuid(offerId)) return new NotFound('offer');
    const key = { coopId, id: offerId.toLowerCase() };
    return this.transactions.run<'OfferWithdrawn', WithdrawOfferOutcome>(['OfferWithdrawn'], async (tx) => {
      await tx.lock('offer', coopId, [key.id]);
      const known = await this.offers.withdraw(tx, key, await tx.now());
      const offer = known ? await this.offers.byId(tx, key) : null;
      return offer === null ? new NotFound('offer') : new OfferWithdrawn(offer);
    });
  }
}

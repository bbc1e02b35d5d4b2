import { Inject, Injectable } from '@nestjs/common';
import { Coops } from '../../membership/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused } from '../../platform/graphql/index.js';
import { OffersRepository, type OfferKey } from '../offers.repository.js';
import type { Party } from '../party.js';
import { TryOffer, refuseTerms, termsOf } from '../write-offer.js';
import { OfferPublished, type PublishOfferInput, type PublishOfferOutcome } from './publish-offer.types.js';

/** Puts an offer on the list, once its smallest batch has found room. */
@Injectable()
export class PublishOffer {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(TryOffer) private readonly tryOffer: TryOffer,
  ) {}

  async run(party: Party | null, input: PublishOfferInput): Promise<PublishOfferOutcome> {
    const coopId = party?.coopId ?? null;
    const coop = coopId === null ? null : await this.coops.byId(coopId);
    if (party === null || coop === null) return new NotFound('provider');
    const { requestId, coopId: _coopId, ...written } = input;
    const terms = termsOf(written);
    const refused = refuseTerms(terms);
    if (refused !== null) return refused;
    const key = { coopId: coop.id, id: newId() };
    const request = {
      actorId: party.accountId,
      operation: 'publishOffer',
      requestId,
      input,
      subjectId: key.id,
    };
    return this.transactions.run<'OfferPublished', PublishOfferOutcome>(['OfferPublished'], async (tx) => {
      const seen = await claimRequest(tx, request);
      if (seen.kind === 'Reused') return new RequestIdReused();
      if (seen.kind === 'Seen') return this.published(tx, { ...key, id: seen.subjectId });
      const full = await this.tryOffer.run(tx, coop.id, terms);
      if (full !== null) return full;
      const now = await tx.now();
      await this.offers.insert(tx, key, now);
      const version = { ...terms, coopId: coop.id, offerId: key.id, version: 1, currency: coop.currency };
      await this.offers.insertVersion(tx, { ...version, writtenBy: party.accountId }, now);
      return this.published(tx, key);
    });
  }

  private async published(tx: Transaction, key: OfferKey): Promise<PublishOfferOutcome> {
    const offer = await this.offers.byId(tx, key);
    return offer === null ? new NotFound('offer') : new OfferPublished(offer);
  }
}

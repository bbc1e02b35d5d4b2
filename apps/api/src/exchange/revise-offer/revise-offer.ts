import { Inject, Injectable } from '@nestjs/common';
import { Coops } from '../../membership/index.js';
import { Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { OffersRepository, type OfferKey } from '../offers.repository.js';
import type { Party } from '../party.js';
import { TryOffer, refuseTerms, termsOf } from '../write-offer.js';
import { OfferRevised, type ReviseOfferInput, type ReviseOfferOutcome } from './revise-offer.types.js';

/** Writes a new version of an offer that stands; nothing that was quoted changes. */
@Injectable()
export class ReviseOffer {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(TryOffer) private readonly tryOffer: TryOffer,
  ) {}

  async run(party: Party | null, input: ReviseOfferInput): Promise<ReviseOfferOutcome> {
    const coopId = party?.coopId ?? null;
    const coop = coopId === null ? null : await this.coops.byId(coopId);
    if (party === null || coop === null || !isUuid(input.offerId)) return new NotFound('offer');
    const { requestId, coopId: _coopId, offerId, ...written } = input;
    const terms = termsOf(written);
    const refused = refuseTerms(terms);
    if (refused !== null) return refused;
    const key = { coopId: coop.id, id: offerId.toLowerCase() };
    const request = {
      actorId: party.accountId,
      operation: 'reviseOffer',
      requestId,
      input,
      subjectId: key.id,
    };
    return this.transactions.run<'OfferRevised', ReviseOfferOutcome>(['OfferRevised'], async (tx) => {
      const seen = await claimRequest(tx, request);
      if (seen.kind === 'Reused') return new RequestIdReused();
      if (seen.kind === 'Seen') return this.revised(tx, key);
      await tx.lock('offer', coop.id, [key.id]);
      const full = await this.tryOffer.run(tx, coop.id, terms);
      if (full !== null) return full;
      const version = await this.offers.nextVersion(tx, key);
      if (version === null) return new NotFound('offer');
      const row = { ...terms, coopId: coop.id, offerId: key.id, version, currency: coop.currency };
      await this.offers.insertVersion(tx, { ...row, writtenBy: party.accountId }, await tx.now());
      return this.revised(tx, key);
    });
  }

  private async revised(tx: Transaction, key: OfferKey): Promise<ReviseOfferOutcome> {
    const offer = await this.offers.byId(tx, key);
    return offer === null ? new NotFound('offer') : new OfferRevised(offer);
  }
}

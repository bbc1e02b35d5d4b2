import { Inject, Injectable } from '@nestjs/common';
import { decideAccept } from '@touchmark/exchange';
import type { LockedCell } from '../../booking/index.js';
import { Postings } from '../../payouts/index.js';
import {
  Database,
  Transactions,
  claimRequest,
  newId,
  type Transaction,
} from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { Capacity } from '../capacity/capacity.js';
import type { OfferType } from '../offer.types.js';
import { OffersRepository } from '../offers.repository.js';
import { sideOf, type Party } from '../party.js';
import { Promises, workOf } from '../promises.js';
import type { ServiceQuoteType } from '../quote.types.js';
import { QuotesRepository } from '../quotes.repository.js';
import { ServiceOrdersRepository, type NewOrder } from '../service-orders.repository.js';
import { TellParties } from '../tell-parties.js';
import { booksOf, saleOf } from '../trade.js';
import {
  PromiseLost,
  QuoteAccepted,
  QuoteExpired,
  QuoteTaken,
  type AcceptQuoteInput,
  type AcceptQuoteOutcome,
} from './accept-quote.types.js';

const HOUR_MS = 3_600_000;

interface Known {
  readonly quote: ServiceQuoteType;
  readonly offer: OfferType;
}

/** Turns a quote into an order: stations booked and both books posted, in one transaction or not at all. */
@Injectable()
export class AcceptQuote {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(QuotesRepository) private readonly quotes: QuotesRepository,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(Promises) private readonly promises: Promises,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(TellParties) private readonly tellParties: TellParties,
  ) {}

  async run(party: Party | null, input: AcceptQuoteInput): Promise<AcceptQuoteOutcome> {
    const known = party === null ? null : await this.find(party, input);
    if (party === null || known === null) return new NotFound('quote');
    const subjectId = newId();
    const request = { actorId: party.accountId, operation: 'acceptQuote', requestId: input.requestId, input };
    return this.transactions.run<'QuoteAccepted', AcceptQuoteOutcome>(['QuoteAccepted'], async (tx) => {
      const seen = await claimRequest(tx, { ...request, subjectId });
      if (seen.kind === 'Reused') return new RequestIdReused();
      if (seen.kind === 'Seen') return this.accepted(tx, known.quote.coopId, seen.subjectId);
      return this.accept(tx, party, known, subjectId);
    });
  }

  /** The quote and the terms that it was made by, both frozen, for its buyer only. */
  private async find(party: Party, { providerId, quoteId }: AcceptQuoteInput): Promise<Known | null> {
    if (!isUuid(providerId) || !isUuid(quoteId)) return null;
    const quote = await this.quotes.byId(this.database, { coopId: providerId, id: quoteId });
    if (quote === null || sideOf(quote, party) !== 'buyer') return null;
    const { coopId, offerId: id, version } = quote;
    const offer = await this.offers.version(this.database, { coopId, id, version });
    return offer === null ? null : { quote, offer };
  }

  private async accept(
    tx: Transaction,
    party: Party,
    { quote, offer }: Known,
    id: string,
  ): Promise<AcceptQuoteOutcome> {
    const { coopId, promisedAt, validUntil } = quote;
    const work = workOf(offer, quote.units);
    const cellIds = await this.capacity.cellIds(tx, coopId, work);
    // Two that accept the same quote want the same cells, so the second finds the order of the first.
    await this.capacity.lock(tx, coopId, cellIds);
    const books = await this.postings.openBooks(tx, booksOf(quote));
    const now = await tx.now();
    const taken = (await this.orders.ofQuote(tx, coopId, quote.id)) !== null;
    const decision = decideAccept({ validUntil: validUntil.getTime(), accepted: taken }, now.getTime());
    if (decision.kind === 'QuoteExpired') return new QuoteExpired(decision.message);
    if (decision.kind === 'QuoteTaken') return new QuoteTaken(decision.message);
    const cells = await this.capacity.load(tx, coopId, cellIds, now.getTime());
    const earliestAt = now.getTime() + offer.leadHours * HOUR_MS;
    const plan = this.capacity.plan(cells, work, earliestAt, promisedAt.getTime());
    if (plan.kind === 'NoCapacity') return this.lost(cells, { quote, offer }, now);
    const order = orderOf(quote, id, party.accountId, now);
    await this.orders.insert(tx, order);
    const booked = await this.capacity.book(tx, cells, id, plan.chunks, party.accountId);
    await this.orders.addBookings(tx, order, booked);
    const { priceMinor: amountMinor, currency } = quote;
    await books.post(saleOf(quote, { reference: id, amountMinor, currency }));
    await this.tellParties.ordered(tx, order, offer.title);
    return new QuoteAccepted(order);
  }

  private lost(cells: readonly LockedCell[], { quote, offer }: Known, now: Date): PromiseLost {
    const work = workOf(offer, quote.units);
    const anew = this.promises.decide(cells, work, offer.leadHours, now.getTime(), null);
    return new PromiseLost(anew.kind === 'Promised' ? new Date(anew.promisedAt) : null);
  }

  private async accepted(tx: Transaction, coopId: string, id: string): Promise<AcceptQuoteOutcome> {
    const order = await this.orders.byId(tx, { coopId, id });
    return order === null ? new NotFound('order') : new QuoteAccepted(order);
  }
}

function orderOf(quote: ServiceQuoteType, id: string, acceptedBy: string, acceptedAt: Date): NewOrder {
  const { coopId, offerId, version, buyerCoopId, buyerBrandId, units, priceMinor, currency, promisedAt } =
    quote;
  return {
    ...{ coopId, id, quoteId: quote.id, offerId, version, buyerCoopId, buyerBrandId, units, currency },
    ...{ state: 'accepted', priceMinor, refundedMinor: 0n, promisedAt, acceptedBy, acceptedAt },
    ...{ readyAt: null, passed: null, failed: null },
  };
}

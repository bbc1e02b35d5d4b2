import { Inject, Injectable } from '@nestjs/common';
import { priceOfBatch, type ServicePriceLine } from '@touchmark/exchange';
import type { LockedCell } from '../../booking/index.js';
import { Database, Transactions, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { RateLimits } from '../../platform/limits/index.js';
import { Capacity, type Work } from '../capacity/capacity.js';
import { inputProblems } from '../contracts.js';
import { NoCapacity, type OfferType } from '../offer.types.js';
import { OffersRepository } from '../offers.repository.js';
import type { Party } from '../party.js';
import { Promises, workOf, type Promised } from '../promises.js';
import { QuotesRepository, type NewQuote } from '../quotes.repository.js';
import { PriceTime } from './price-time.js';
import {
  BatchTooSmall,
  ContractBroken,
  QuoteMade,
  TooManyQuotes,
  WantedTooSoon,
  type RequestQuoteInput,
  type RequestQuoteOutcome,
} from './request-quote.types.js';

const MOST_UNITS = 1_000_000;
/** A quote plans the provider's machines three times over; nobody needs one a second. */
const QUOTES_A_MINUTE = 60;

const NO_PRICE =
  'This batch would cost nothing, because its stations have no rate for peers. Ask the provider to set one.';

/** Says what a batch would cost and by when it would be done, by what is booked now; books nothing. */
@Injectable()
export class RequestQuote {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(QuotesRepository) private readonly quotes: QuotesRepository,
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(Promises) private readonly promises: Promises,
    @Inject(PriceTime) private readonly priceTime: PriceTime,
  ) {}

  async run(party: Party | null, input: RequestQuoteInput): Promise<RequestQuoteOutcome> {
    const { providerId, offerId, units } = input;
    if (party === null) return new NotFound('buyer');
    if (!isUuid(providerId) || !isUuid(offerId)) return new NotFound('offer');
    const offer = await this.offers.byId(this.database, { coopId: providerId, id: offerId });
    if (offer?.withdrawnAt !== null) return new NotFound('offer');
    if (offer.coopId === party.coopId)
      return new InputRefused('providerId', 'This offer is your own. Ask for a quote of another provider.');
    if (units < 1 || units > MOST_UNITS)
      return new InputRefused('units', `units was ${String(units)}; give 1 to ${String(MOST_UNITS)}.`);
    const price = priceOfBatch(offer.prices, units);
    if (price.kind === 'BatchTooSmall') return new BatchTooSmall(price.message, price.leastUnits);
    // Before the input is looked at: a large one is work too.
    if (!(await this.limits.take(`quotes ${party.accountId}`, QUOTES_A_MINUTE, 60)))
      return new TooManyQuotes(QUOTES_A_MINUTE);
    const problems = inputProblems(offer.inputSchema, input.input);
    if (problems.length > 0) return new ContractBroken(problems);
    return this.transactions.run<'QuoteMade', RequestQuoteOutcome>(['QuoteMade'], (tx) =>
      this.quote(tx, party, offer, input, price.lines),
    );
  }

  private async quote(
    tx: Transaction,
    party: Party,
    offer: OfferType,
    input: RequestQuoteInput,
    batch: readonly ServicePriceLine[],
  ): Promise<RequestQuoteOutcome> {
    const work = workOf(offer, input.units);
    const cellIds = await this.capacity.cellIds(tx, offer.coopId, work);
    const now = await tx.now();
    const cells = await this.capacity.look(tx, offer.coopId, cellIds, now.getTime());
    const wantedBy = input.wantedBy?.getTime() ?? null;
    const promise = this.promises.decide(cells, work, offer.leadHours, now.getTime(), wantedBy);
    if (promise.kind === 'NoCapacity') return new NoCapacity(promise.message, null);
    if (promise.kind === 'WantedTooSoon')
      return new WantedTooSoon(promise.message, new Date(promise.earliestAt));
    const lines = [...batch, ...(await this.timeLines(tx, offer, cells, work, promise))];
    const quote = quoteOf(party, offer, input, lines, promise, now);
    if (quote.priceMinor <= 0n) return new InputRefused('offerId', NO_PRICE);
    await this.quotes.insert(tx, quote);
    return new QuoteMade(quote);
  }

  /** What the steps cost that are sold by their time; planned once more only where there is one. */
  private async timeLines(
    tx: Transaction,
    offer: OfferType,
    cells: readonly LockedCell[],
    work: Work,
    promise: Promised,
  ): Promise<ServicePriceLine[]> {
    if (!offer.steps.some(({ atPeerRate }) => atPeerRate)) return [];
    const chunks = this.promises.chunks(cells, work, offer.leadHours, promise);
    return this.priceTime.lines(tx, offer, cells, chunks);
  }
}

function quoteOf(
  party: Party,
  offer: OfferType,
  { units, input, wantedBy }: RequestQuoteInput,
  priceLines: ServicePriceLine[],
  promise: Promised,
  askedAt: Date,
): NewQuote {
  return {
    ...{ coopId: offer.coopId, id: newId(), offerId: offer.id, version: offer.version },
    ...{ buyerCoopId: party.coopId, buyerBrandId: party.brandId, askedBy: party.accountId },
    ...{ units, input, wantedBy: wantedBy ?? null, currency: offer.currency },
    ...{ priceLines, priceMinor: priceLines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) },
    ...{ askedAt, validUntil: new Date(promise.validUntil), promisedAt: new Date(promise.promisedAt) },
  };
}

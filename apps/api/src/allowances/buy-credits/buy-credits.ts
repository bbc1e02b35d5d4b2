import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@touchmark/calendar';
import { Postings } from '../../payouts/index.js';
import { Transactions, claimRequest, newId, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import type { CreditPackType } from '../allowances.types.js';
import { creditsView } from '../credits-view.js';
import { CreditsRepository } from '../credits.repository.js';
import { PacksRepository } from '../packs.repository.js';
import {
  CreditsBought,
  PackAboveMax,
  PackRetired,
  type BuyCreditsInput,
  type BuyCreditsOutcome,
} from './buy-credits.types.js';

/** Sells a pack to a member, on the member's account. */
@Injectable()
export class BuyCredits {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(Postings) private readonly postings: Postings,
  ) {}

  async run(accountId: string, input: BuyCreditsInput): Promise<BuyCreditsOutcome> {
    if (!isUuid(input.coopId) || !isUuid(input.packId)) return new NotFound('pack');
    return this.transactions.run<'CreditsBought', BuyCreditsOutcome>(['CreditsBought'], (tx) =>
      this.buy(tx, accountId, input),
    );
  }

  private async buy(tx: Transaction, accountId: string, input: BuyCreditsInput): Promise<BuyCreditsOutcome> {
    const { coopId, packId, requestId } = input;
    const subjectId = newId();
    const claim = await claimRequest(tx, {
      ...{ actorId: accountId, operation: 'buyCredits', requestId, input, subjectId },
    });
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.bought(tx, coopId, claim.subjectId, accountId);
    const pack = await this.packs.forSale(tx, coopId, packId);
    if (pack === null)
      return (await this.packs.byId(tx, coopId, packId)) === null ? new NotFound('pack') : new PackRetired();
    const max = input.maxPriceMinor ?? null;
    if (max !== null && pack.priceMinor > max) return new PackAboveMax(pack.priceMinor);
    if (!(await this.credits.lockMember(tx, coopId, accountId))) return new NotFound('membership');
    await this.grant(tx, coopId, accountId, subjectId, pack);
    return this.bought(tx, coopId, subjectId, accountId);
  }

  private async grant(
    tx: Transaction,
    coopId: string,
    partyId: string,
    reference: string,
    pack: CreditPackType,
  ): Promise<void> {
    const { priceMinor: amountMinor, currency } = pack;
    await this.postings.post(tx, coopId, [
      { kind: 'credits_sold', reference, partyId, amountMinor, currency },
    ]);
    const boughtAt = await tx.now();
    const expiresAt = new Date(boughtAt.getTime() + pack.validDays * DAY_MS);
    await this.credits.insert(tx, coopId, partyId, { id: reference, pack, boughtAt, expiresAt });
  }

  private async bought(
    tx: Transaction,
    coopId: string,
    id: string,
    accountId: string,
  ): Promise<CreditsBought | NotFound> {
    const grant = await this.credits.grant(tx, coopId, id, accountId);
    return grant === null ? new NotFound('credits') : new CreditsBought(creditsView(grant));
  }
}

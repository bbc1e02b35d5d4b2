import { Inject, Injectable } from '@nestjs/common';
import { spendMinutes, type CreditUse } from '@touchmark/allowances';
import type { Book } from '../payouts/index.js';
import type { Transaction } from '../platform/database/index.js';
import { CreditsRepository, type UseRow } from './credits.repository.js';

/** Prepaid minutes in claims: set aside by a hold, spent when it is confirmed, given back when it is taken back. */
@Injectable()
export class CreditUses {
  constructor(@Inject(CreditsRepository) private readonly credits: CreditsRepository) {}

  /** Sets aside what `decideAllowance` named, after the claim's row is written, under the member's lock. */
  use(tx: Transaction, coopId: string, bookingId: string, uses: readonly CreditUse[]): void {
    this.credits.addUses(tx, coopId, bookingId, uses);
  }

  /**
   * Spends what the hold has set aside; to be called under the member's lock. Returns what is to be posted with the
   * rest of the transaction: the value of the minutes becomes revenue.
   */
  spend(tx: Transaction, coopId: string, bookingId: string): Promise<Book['posting'][]> {
    return this.move(tx, coopId, bookingId, 'reserved', 'spent');
  }

  /**
   * Gives a claim's minutes back, spent or only set aside; to be called under the member's lock. Returns what is to be
   * posted with the rest of the transaction: the mirror of the recognition.
   */
  async giveBack(tx: Transaction, coopId: string, bookingId: string): Promise<Book['posting'][]> {
    this.credits.returnReserved(tx, coopId, bookingId);
    return this.move(tx, coopId, bookingId, 'spent', 'returned');
  }

  private async move(
    tx: Transaction,
    coopId: string,
    bookingId: string,
    from: 'reserved' | 'spent',
    to: 'spent' | 'returned',
  ): Promise<Book['posting'][]> {
    const uses = await this.credits.lockUses(tx, coopId, bookingId, from);
    const [first] = uses;
    if (first === undefined) return [];
    const sign = to === 'spent' ? 1 : -1;
    const moves = uses.map((use: UseRow) => ({
      grantId: use.grantId,
      ...spendMinutes(use, sign * use.useMinutes),
    }));
    this.credits.move(tx, coopId, bookingId, [from, to], moves);
    const moved = moves.reduce((sum, move) => sum + move.movedMinor, 0n);
    return [
      {
        kind: to === 'spent' ? 'credits_used' : 'credits_returned',
        reference: bookingId,
        partyId: first.accountId,
        amountMinor: moved < 0n ? -moved : moved,
        currency: first.currency,
      },
    ];
  }
}

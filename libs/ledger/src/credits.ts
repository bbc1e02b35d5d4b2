import type { PartyAmount } from './postings.js';
import { positive, transaction, type Account, type LedgerTransaction } from './transaction.js';

type CreditKind = 'credits_sold' | 'credits_used' | 'credits_returned' | 'credits_expired';

function moved(kind: CreditKind, input: PartyAmount, debit: Account, credit: Account): LedgerTransaction {
  const amountMinor = positive(input.amountMinor);
  // Revenue is the co-op's own; what is prepaid and what is receivable belong to the member.
  const partyOf = (account: Account): string | null => (account === 'booking_revenue' ? null : input.partyId);
  return transaction(kind, input.currency, [
    { account: debit, partyId: partyOf(debit), amountMinor },
    { account: credit, partyId: partyOf(credit), amountMinor: -amountMinor },
  ]);
}

/** A pack of minutes is bought: the member owes its price, and the co-op owes the member the minutes. */
export const sellCredits = (input: PartyAmount): LedgerTransaction =>
  moved('credits_sold', input, 'member_receivable', 'prepaid_credits');

/** Prepaid minutes go into a confirmed booking: their value becomes revenue. */
export const useCredits = (input: PartyAmount): LedgerTransaction =>
  moved('credits_used', input, 'prepaid_credits', 'booking_revenue');

/** The minutes of a booking that was taken back: their value is owed to the member again. */
export const returnCredits = (input: PartyAmount): LedgerTransaction =>
  moved('credits_returned', input, 'booking_revenue', 'prepaid_credits');

/** Minutes that nobody used in time: what is left of their price becomes revenue. */
export const expireCredits = (input: PartyAmount): LedgerTransaction =>
  moved('credits_expired', input, 'prepaid_credits', 'booking_revenue');

/** The accounts of a provider's books: codes, never names. */
export const ACCOUNTS = [
  'cash',
  'member_receivable',
  'customer_deposits',
  'prepaid_credits',
  'booking_revenue',
  'coop_fee',
  'earned',
  'payable',
  'service_revenue',
  'service_cost',
  'trade_receivable',
  'trade_payable',
] as const;

export type Account = (typeof ACCOUNTS)[number];

/** What happened; each kind has one builder. */
export type TransactionKind =
  | 'booking_charged'
  | 'booking_credited'
  | 'booking_adjusted'
  | 'credits_sold'
  | 'credits_used'
  | 'credits_returned'
  | 'credits_expired'
  | 'deposit_received'
  | 'deposit_refunded'
  | 'sale_made'
  | 'sale_refunded'
  | 'handed_over'
  | 'hand_over_reversed'
  | 'service_sold'
  | 'service_bought'
  | 'service_sale_refunded'
  | 'service_purchase_refunded';

/**
 * One side of a transaction in minor units: positive debits the account, negative credits it, so what is owed to
 * someone stands negative. `partyId` is the id of whom it concerns, or null for the co-op itself.
 */
export interface Entry {
  readonly account: Account;
  readonly partyId: string | null;
  readonly amountMinor: bigint;
}

/** Entries that belong together in one ISO 4217 currency; a true one sums to zero. */
export interface LedgerTransaction {
  readonly kind: TransactionKind;
  readonly currency: string;
  readonly entries: readonly Entry[];
}

/** Thrown when code, not a person, asks for a transaction that the books cannot hold. */
export class LedgerInputError extends Error {
  override readonly name = 'LedgerInputError';
}

/** True when there are at least two entries, none of them zero, that sum to zero. */
export function balanced({ entries }: Pick<LedgerTransaction, 'entries'>): boolean {
  const sum = entries.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return sum === 0n && entries.length >= 2 && entries.every(({ amountMinor }) => amountMinor !== 0n);
}

/** The transaction without zero entries; throws LedgerInputError when what is left does not balance. */
export function transaction(
  kind: TransactionKind,
  currency: string,
  entries: readonly Entry[],
): LedgerTransaction {
  const made = { kind, currency, entries: entries.filter(({ amountMinor }) => amountMinor !== 0n) };
  if (!balanced(made)) {
    throw new LedgerInputError(
      `The entries of "${kind}" do not sum to zero. Post both sides of each amount.`,
    );
  }
  return made;
}

/** The amount itself; throws LedgerInputError unless it is above zero. */
export function positive(amountMinor: bigint): bigint {
  if (amountMinor > 0n) return amountMinor;
  throw new LedgerInputError(
    `An amount of ${amountMinor} was posted. Pass what moved as a positive number of minor units.`,
  );
}

/** The sum of the entries of one account, in minor units, for one party when `partyId` is given. */
export function balanceOf(
  transactions: readonly Pick<LedgerTransaction, 'entries'>[],
  account: Account,
  partyId?: string | null,
): bigint {
  return transactions
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.account === account && (partyId === undefined || entry.partyId === partyId))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

import type { PartyAmount } from './postings.js';
import { positive, transaction, type LedgerTransaction, type TransactionKind } from './transaction.js';

type SellerKind = Extract<TransactionKind, 'service_sold' | 'service_sale_refunded'>;
type BuyerKind = Extract<TransactionKind, 'service_bought' | 'service_purchase_refunded'>;

function sellerSide(kind: SellerKind, input: PartyAmount, sign: bigint): LedgerTransaction {
  const amount = positive(input.amountMinor) * sign;
  return transaction(kind, input.currency, [
    { account: 'trade_receivable', partyId: input.partyId, amountMinor: amount },
    { account: 'service_revenue', partyId: null, amountMinor: -amount },
  ]);
}

function buyerSide(kind: BuyerKind, input: PartyAmount, sign: bigint): LedgerTransaction {
  const amount = positive(input.amountMinor) * sign;
  return transaction(kind, input.currency, [
    { account: 'service_cost', partyId: null, amountMinor: amount },
    { account: 'trade_payable', partyId: input.partyId, amountMinor: -amount },
  ]);
}

/** An accepted service order on the seller's books: the buyer (`partyId`, a provider or a brand) owes its price. */
export const sellService = (input: PartyAmount): LedgerTransaction => sellerSide('service_sold', input, 1n);

/** The same on the buyer's books, `partyId` being the seller: the mirror of `sellService`, cent for cent. */
export const buyService = (input: PartyAmount): LedgerTransaction => buyerSide('service_bought', input, 1n);

/** What the seller gives back of a service order: the buyer owes that much less. */
export const refundServiceSale = (input: PartyAmount): LedgerTransaction =>
  sellerSide('service_sale_refunded', input, -1n);

/** The same on the buyer's books: it owes the seller that much less. */
export const refundServicePurchase = (input: PartyAmount): LedgerTransaction =>
  buyerSide('service_purchase_refunded', input, -1n);

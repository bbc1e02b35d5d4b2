import type { Book } from '../payouts/index.js';
import type { Bought } from './party.js';

interface TradeAmount {
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** The co-ops whose books a trade stands in: a brand that is no provider has none, and stands on the seller's alone. */
export function booksOf({ coopId, buyerCoopId }: Bought): string[] {
  return buyerCoopId === null ? [coopId] : [coopId, buyerCoopId];
}

function mirrored(
  { coopId, buyerCoopId, buyerBrandId }: Bought,
  amount: TradeAmount,
  seller: 'service_sold' | 'service_sale_refunded',
  buyer: 'service_bought' | 'service_purchase_refunded',
): Book[] {
  const partyId = buyerCoopId ?? buyerBrandId;
  if (partyId === null) throw new Error('a service order has no buyer');
  const sold = { coopId, posting: { ...amount, kind: seller, partyId } };
  if (buyerCoopId === null) return [sold];
  return [sold, { coopId: buyerCoopId, posting: { ...amount, kind: buyer, partyId: coopId } }];
}

/** The charge of an order and its revenue, one on each side's books, mirrors to the cent. */
export function saleOf(order: Bought, amount: TradeAmount): Book[] {
  return mirrored(order, amount, 'service_sold', 'service_bought');
}

/** What comes back of an order, on both sides' books. */
export function refundOf(order: Bought, amount: TradeAmount): Book[] {
  return mirrored(order, amount, 'service_sale_refunded', 'service_purchase_refunded');
}

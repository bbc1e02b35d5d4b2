import {
  adjustBooking,
  buyService,
  chargeBooking,
  creditBooking,
  expireCredits,
  handOver,
  makeSale,
  receiveDeposit,
  refundDeposit,
  refundSale,
  refundServicePurchase,
  refundServiceSale,
  returnCredits,
  sellCredits,
  sellService,
  useCredits,
  type LedgerTransaction,
} from '@touchmark/ledger';
import type { RunningTotals } from './running-totals.js';

interface Amount {
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

type SalePosting =
  | (Amount & { readonly kind: 'sale_made'; readonly partyId: string; readonly versionId: string })
  | (Amount & { readonly kind: 'sale_refunded'; readonly versionId: string });
type HandOverPosting = Amount & { readonly kind: 'handed_over'; readonly versionId: string };

/** A movement of money that no running total decides. */
export type PlainPosting = Amount & { readonly kind: keyof typeof PLAIN; readonly partyId: string };

/** A movement of money to be posted; amounts in minor units, above zero or nothing happens. */
export type Posting = PlainPosting | SalePosting | HandOverPosting;

/** A posting as balanced entries, with the running total that it moved. */
export interface Built {
  readonly transaction: LedgerTransaction;
  readonly versionId: string | null;
  readonly totalBeforeMinor: bigint | null;
  readonly totalAfterMinor: bigint | null;
}

const PLAIN = {
  booking_charged: chargeBooking,
  booking_credited: creditBooking,
  booking_adjusted: adjustBooking,
  deposit_received: receiveDeposit,
  deposit_refunded: refundDeposit,
  credits_sold: sellCredits,
  credits_used: useCredits,
  credits_returned: returnCredits,
  credits_expired: expireCredits,
  service_sold: sellService,
  service_bought: buyService,
  service_sale_refunded: refundServiceSale,
  service_purchase_refunded: refundServicePurchase,
} as const;

/** Builds the entries of `posting` and moves `totals`; null when a hand-over moves nobody's earnings. */
export function buildPosting(posting: Posting, totals: RunningTotals): Built | null {
  if (!('versionId' in posting))
    return {
      transaction: PLAIN[posting.kind](posting),
      versionId: null,
      totalBeforeMinor: null,
      totalAfterMinor: null,
    };
  return posting.kind === 'handed_over' ? buildHandOver(posting, totals) : buildSale(posting, totals);
}

function buildSale(posting: SalePosting, totals: RunningTotals): Built {
  const { versionId, currency, amountMinor } = posting;
  const agreement = totals.termsOf(versionId);
  const total = totals.of(versionId, currency);
  const before = total.soldMinor;
  const after = posting.kind === 'sale_made' ? before + amountMinor : before - amountMinor;
  const sold = { currency, agreement, soldBeforeMinor: before, amountMinor };
  const transaction =
    posting.kind === 'sale_made'
      ? makeSale({ ...sold, customerId: posting.partyId })
      : refundSale({ ...sold, handedOverMinor: total.handedOverMinor });
  totals.move({ ...total, soldMinor: after });
  return { transaction, versionId, totalBeforeMinor: before, totalAfterMinor: after };
}

function buildHandOver(posting: HandOverPosting, totals: RunningTotals): Built | null {
  const { versionId, currency, amountMinor } = posting;
  const total = totals.of(versionId, currency);
  const before = total.handedOverMinor;
  const after = before + amountMinor;
  const transaction = handOver({
    currency,
    agreement: totals.termsOf(versionId),
    soldMinor: total.soldMinor,
    handedOverBeforeMinor: before,
    amountMinor,
  });
  totals.move({ ...total, handedOverMinor: after });
  return transaction === null
    ? null
    : { transaction, versionId, totalBeforeMinor: before, totalAfterMinor: after };
}

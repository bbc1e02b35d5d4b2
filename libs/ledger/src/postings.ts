import { waterfallAllocate, waterfallTargets, type Agreement } from '@touchmark/splits';
import {
  LedgerInputError,
  positive,
  transaction,
  type Account,
  type LedgerTransaction,
} from './transaction.js';

const side = (account: Account, partyId: string, amountMinor: bigint) => ({ account, partyId, amountMinor });

/** An amount in minor units (above zero) that concerns one member or customer. */
export interface PartyAmount {
  readonly currency: string;
  readonly partyId: string;
  readonly amountMinor: bigint;
}

function booking(
  kind: 'booking_charged' | 'booking_credited' | 'booking_adjusted',
  input: PartyAmount,
  sign: bigint,
): LedgerTransaction {
  const amount = positive(input.amountMinor) * sign;
  return transaction(kind, input.currency, [
    { account: 'member_receivable', partyId: input.partyId, amountMinor: amount },
    { account: 'booking_revenue', partyId: null, amountMinor: -amount },
  ]);
}

/** A confirmed booking: the member owes the co-op its price. */
export const chargeBooking = (input: PartyAmount): LedgerTransaction => booking('booking_charged', input, 1n);

/** A cancelled booking: the mirror of its charge, or of the part given back. */
export const creditBooking = (input: PartyAmount): LedgerTransaction =>
  booking('booking_credited', input, -1n);

/** A booking whose work took longer than was booked, where the co-op's policy charges for it: the member owes the rest too. */
export const adjustBooking = (input: PartyAmount): LedgerTransaction =>
  booking('booking_adjusted', input, 1n);

function deposit(
  kind: 'deposit_received' | 'deposit_refunded',
  input: PartyAmount,
  sign: bigint,
): LedgerTransaction {
  const amount = positive(input.amountMinor) * sign;
  return transaction(kind, input.currency, [
    { account: 'cash', partyId: null, amountMinor: amount },
    { account: 'customer_deposits', partyId: input.partyId, amountMinor: -amount },
  ]);
}

/** A capture before the close: cash comes in and is owed back to the customer until the sale. */
export const receiveDeposit = (input: PartyAmount): LedgerTransaction =>
  deposit('deposit_received', input, 1n);

/** A refund before the close: the mirror of the deposit; no running total moves. */
export const refundDeposit = (input: PartyAmount): LedgerTransaction =>
  deposit('deposit_refunded', input, -1n);

/**
 * A movement of an agreement version's running total: `soldBeforeMinor` is the total before it (kept sales less
 * refunds, in minor units), `amountMinor` what is sold or refunded, `customerId` whose order it is.
 */
export interface SaleInput {
  readonly currency: string;
  readonly customerId: string;
  readonly agreement: Agreement;
  readonly soldBeforeMinor: bigint;
  readonly amountMinor: bigint;
}

/** The close turns a deposit into a sale: what the customer was owed becomes the co-op's fee and the parties' earnings. */
export function makeSale({
  currency,
  customerId,
  agreement,
  soldBeforeMinor,
  amountMinor,
}: SaleInput): LedgerTransaction {
  const gains = waterfallAllocate(agreement, soldBeforeMinor, soldBeforeMinor + positive(amountMinor));
  return transaction('sale_made', currency, [
    { account: 'customer_deposits', partyId: customerId, amountMinor },
    { account: 'coop_fee', partyId: null, amountMinor: -gains.feeMinor },
    ...gains.parties.map((gain) => side('earned', gain.partyId, -gain.amountMinor)),
  ]);
}

/** What a refund after the close moves back; `handedOverMinor` is the handed-over total at that moment. */
export interface RefundInput extends Omit<SaleInput, 'customerId'> {
  readonly handedOverMinor: bigint;
}

/**
 * A refund after the close: the running total moves back, the fee and the parties give up what that takes, and cash
 * leaves. An order that was handed over is taken back first (reverseHandOver), or LedgerInputError is thrown.
 */
export function refundSale(input: RefundInput): LedgerTransaction {
  const { currency, agreement, soldBeforeMinor, handedOverMinor, amountMinor } = input;
  const after = soldBeforeMinor - positive(amountMinor);
  if (after < handedOverMinor) {
    throw new LedgerInputError(
      `A refund would leave ${after} sold but ${handedOverMinor} handed over. Reverse the hand-over first.`,
    );
  }
  const losses = waterfallAllocate(agreement, soldBeforeMinor, after);
  return transaction('sale_refunded', currency, [
    { account: 'cash', partyId: null, amountMinor: -amountMinor },
    { account: 'coop_fee', partyId: null, amountMinor: -losses.feeMinor },
    ...losses.parties.map((loss) => side('earned', loss.partyId, -loss.amountMinor)),
  ]);
}

/**
 * A movement of an agreement version's handed-over total, in minor units. `soldMinor` is the running total of sales
 * at that moment: what is handed over is part of it, and because targets only rise with their total, nobody's
 * earnings can be moved before they are there.
 */
export interface HandOverInput {
  readonly currency: string;
  readonly agreement: Agreement;
  readonly soldMinor: bigint;
  readonly handedOverBeforeMinor: bigint;
  readonly amountMinor: bigint;
}

function moveEarned(
  kind: 'handed_over' | 'hand_over_reversed',
  { currency, agreement, soldMinor, handedOverBeforeMinor, amountMinor }: HandOverInput,
): LedgerTransaction | null {
  const after = handedOverBeforeMinor + (kind === 'handed_over' ? 1n : -1n) * positive(amountMinor);
  if (after < 0n || after > soldMinor) {
    throw new LedgerInputError(
      `The handed-over total would become ${after} of ${soldMinor} sold. Hand over only what is sold, and only once.`,
    );
  }
  const moved = waterfallAllocate(agreement, handedOverBeforeMinor, after).parties.flatMap(
    ({ partyId, amountMinor: gain }) => [side('earned', partyId, gain), side('payable', partyId, -gain)],
  );
  // A cent that is all fee moves nobody's earnings, and an empty transaction is none.
  return moved.some((entry) => entry.amountMinor !== 0n) ? transaction(kind, currency, moved) : null;
}

/** A hand-over makes the parties' part of an order payable; null when so small an amount moves nobody's earnings. */
export const handOver = (input: HandOverInput): LedgerTransaction | null => moveEarned('handed_over', input);

/** The mirror of a hand-over, posted before an order that was handed over is refunded; null when it moved nothing. */
export const reverseHandOver = (input: HandOverInput): LedgerTransaction | null =>
  moveEarned('hand_over_reversed', input);

/** What each party has earned of a running total and what of it is not yet payable, in minor units, by the agreement alone. */
export function earnedTargets(
  agreement: Agreement,
  soldMinor: bigint,
  handedOverMinor: bigint,
): { partyId: string; earnedMinor: bigint; notYetPayableMinor: bigint }[] {
  const handed = waterfallTargets(agreement, handedOverMinor).parties;
  return waterfallTargets(agreement, soldMinor).parties.map(({ partyId, amountMinor }, index) => ({
    partyId,
    earnedMinor: amountMinor,
    notYetPayableMinor: amountMinor - (handed[index]?.amountMinor ?? 0n),
  }));
}

import { Inject, Injectable } from '@nestjs/common';
import { decideReclaim } from '@touchmark/exchange';
import { Bookings, HoldSlot, type BookingType, type HoldSlotOutcome } from '../../booking/index.js';
import {
  Database,
  Transactions,
  claimRequest,
  newId,
  type Transaction,
} from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { OrderUnderLocks, type HeldOrder } from '../order-under-locks.js';
import type { ServiceOrderType } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import { ReplaceOrder, type Way } from './replace-order.js';
import {
  CapacityFirm,
  WindowReclaimed,
  type ReclaimWindowInput,
  type ReclaimWindowOutcome,
} from './reclaim-window.types.js';

const MOST_ATTEMPTS = 4;

/** The other way is the right one: everything is undone and done again that way. */
interface OtherWay {
  readonly kind: 'OtherWay';
}

interface Reclaim {
  readonly input: ReclaimWindowInput;
  readonly accountId: string;
  readonly window: BookingType;
  readonly order: ServiceOrderType;
}

/**
 * Gives a window of a service order back to a home member who wants it: the member holds it, and the order finds another
 * place that keeps its promise or is refunded by its terms. All of it in one transaction, so nobody comes between.
 */
@Injectable()
export class ReclaimWindow {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(HoldSlot) private readonly holdSlot: HoldSlot,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(OrderUnderLocks) private readonly underLocks: OrderUnderLocks,
    @Inject(ReplaceOrder) private readonly replaceOrder: ReplaceOrder,
  ) {}

  async run(accountId: string, input: ReclaimWindowInput): Promise<ReclaimWindowOutcome> {
    const { coopId, bookingId } = input;
    const [window] = isUuid(bookingId) ? await this.bookings.byIds(this.database, coopId, [bookingId]) : [];
    const orderId = window?.serviceOrderId ?? null;
    const order = orderId === null ? null : await this.orders.byId(this.database, { coopId, id: orderId });
    if (window === undefined || order === null) return new NotFound('booking');
    const reclaim = { input, accountId, window, order };
    // Whether there is another place shows only once the member has the window, so a try may have to be undone.
    let way: Way = 'moved';
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const outcome = await this.transactions.run<'WindowReclaimed', ReclaimWindowOutcome | OtherWay>(
        ['WindowReclaimed'],
        (tx) => this.once(tx, reclaim, way),
      );
      if (outcome.kind !== 'OtherWay') return outcome;
      way = way === 'moved' ? 'cancelled' : 'moved';
    }
    throw new Error(`the stations of order ${order.id} changed at every attempt to reclaim ${bookingId}`);
  }

  private async once(tx: Transaction, reclaim: Reclaim, way: Way): Promise<ReclaimWindowOutcome | OtherWay> {
    const { input, accountId, window } = reclaim;
    const holdId = newId();
    const { requestId, coopId } = input;
    const request = { actorId: accountId, operation: 'reclaimWindow', requestId, input, subjectId: holdId };
    const seen = await claimRequest(tx, request);
    if (seen.kind === 'Reused') return new RequestIdReused();
    if (seen.kind === 'Seen') {
      const [held] = await this.bookings.byIds(tx, coopId, [seen.subjectId]);
      return held === undefined ? new NotFound('booking') : new WindowReclaimed(held, reclaim.order);
    }
    const held = await this.underLocks.take(tx, reclaim.order, [accountId]);
    const booking = held.bookings.find(({ id }) => id === window.id);
    if (booking === undefined) return new NotFound('booking');
    const firm = refuseFirm(held, booking);
    if (firm !== null) return firm;
    const moving = this.replaceOrder.free(tx, held, booking, way, accountId);
    const outcome = await this.hold(tx, reclaim, booking, holdId);
    if (outcome.kind !== 'SlotHeld') return outcome;
    const placed = await this.replaceOrder.place(tx, held, moving, way, {
      why: 'reclaimed',
      actorId: accountId,
    });
    return placed ? new WindowReclaimed(outcome.booking, reclaim.order) : { kind: 'OtherWay' };
  }

  private hold(
    tx: Transaction,
    { input, accountId }: Reclaim,
    { coopId, cellId, stationId, fromAt, toAt }: BookingType,
    holdId: string,
  ): Promise<HoldSlotOutcome> {
    const { family, maxPriceMinor } = input;
    const asked = { family: family ?? null, maxPriceMinor: maxPriceMinor ?? null };
    return this.holdSlot.within(tx, accountId, { coopId, cellId, stationId, fromAt, toAt, ...asked }, holdId);
  }
}

function refuseFirm({ offer, now }: HeldOrder, booking: BookingType): CapacityFirm | null {
  const begun = booking.checkedInAt !== null;
  const window = { fromAt: booking.fromAt.getTime(), firmHours: offer.firmHours, begun };
  const decision = decideReclaim(window, now.getTime());
  return decision.kind === 'CapacityFirm'
    ? new CapacityFirm(decision.message, new Date(decision.firmFrom))
    : null;
}

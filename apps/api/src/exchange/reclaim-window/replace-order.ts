import { Inject, Injectable } from '@nestjs/common';
import { windowMinutes } from '@touchmark/calendar';
import { LIVE_STATES, percentOf, type ServiceOperation } from '@touchmark/exchange';
import { formatMoney } from '@touchmark/money';
import type { BookingType } from '../../booking/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { Capacity } from '../capacity/capacity.js';
import { notBegun, type HeldOrder } from '../order-under-locks.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import { TellParties } from '../tell-parties.js';
import { refundOf } from '../trade.js';

const HOUR_MS = 3_600_000;

/** What becomes of the bookings that give way: they are moved, or the order ends and they are cancelled with it. */
export type Way = 'moved' | 'cancelled';

/** Why an order loses its place: members took it back, or its station is out of service, before it was firm or after. */
export type WhyReplaced = 'reclaimed' | 'out_of_service' | 'out_of_service_when_firm';

/** On whose account an order loses its place. */
export interface Cause {
  readonly why: WhyReplaced;
  readonly actorId: string;
}

/** Finds an order another place, or ends it by its terms. */
@Injectable()
export class ReplaceOrder {
  constructor(
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(TellParties) private readonly tellParties: TellParties,
  ) {}

  /** Frees the window and all work after it, which depends on it, or all that has not begun when the order ends. */
  free(tx: Transaction, held: HeldOrder, booking: BookingType, way: Way, actorId: string): BookingType[] {
    const later = notBegun(held).filter(({ fromAt }) => fromAt >= booking.fromAt);
    this.capacity.end(tx, held.cells, way === 'moved' ? later : notBegun(held), way, actorId);
    return later;
  }

  /** Books what was freed elsewhere, or refunds the order; false when the way that was tried is not the right one. */
  async place(
    tx: Transaction,
    held: HeldOrder,
    moving: readonly BookingType[],
    way: Way,
    cause: Cause,
  ): Promise<boolean> {
    const { order, offer, work, now } = held;
    // Loaded again: the member's hold stands there now.
    const ids = held.cells.map((cell) => cell.cellId);
    const from = Math.min(now.getTime(), ...held.bookings.map(({ fromAt }) => fromAt.getTime()));
    const cells = await this.capacity.load(tx, order.coopId, ids, from);
    const positions = await this.orders.positions(tx, order);
    const left = { ...work, operations: operationsLeft(work.operations, moving, positions) };
    const gone = new Set(moving.map(({ id }) => id));
    const kept = held.bookings.filter(({ id }) => !gone.has(id)).map(({ toAt }) => toAt.getTime());
    const ready = order.acceptedAt.getTime() + offer.leadHours * HOUR_MS;
    const earliestAt = Math.max(now.getTime(), ready, ...kept);
    const plan = this.capacity.plan(cells, left, earliestAt, order.promisedAt.getTime());
    if ((plan.kind === 'WorkPlaced') !== (way === 'moved')) return false;
    if (plan.kind === 'WorkPlaced') {
      const booked = await this.capacity.book(tx, cells, order.id, plan.chunks, cause.actorId);
      await this.orders.addBookings(tx, order, booked);
      await this.tellParties.moved(tx, order, cause.why);
    } else await this.refund(tx, held, cause);
    await this.capacity.settle(tx, cells);
    return true;
  }

  private async refund(
    tx: Transaction,
    { order, offer, books, now }: HeldOrder,
    { why, actorId }: Cause,
  ): Promise<void> {
    const { id: reference, currency } = order;
    // The terms are for what may be taken back; what was firm is owed, and comes back whole.
    const whole = why === 'out_of_service_when_firm';
    const refundedMinor = whole ? order.priceMinor : percentOf(order.priceMinor, offer.refund.reclaimPercent);
    await books.post(refundOf(order, { reference, amountMinor: refundedMinor, currency }));
    const to = whole ? 'refunded' : 'reclaimed';
    // Its provider may have moved it on since it was read: what lives on with its stations locked ends all the same.
    const change = { from: LIVE_STATES, to, refundedMinor } as const;
    const ended = await this.orders.change(tx, order, change, actorId, now);
    if (ended === null) throw new Error(`order ${order.id} ended while its stations were locked`);
    const sum = formatMoney({ amountMinor: refundedMinor, currency });
    await this.tellParties.ended(tx, ended, why, sum);
  }
}

/** What is left to do of the operations whose bookings gave way, in minutes of those bookings. */
function operationsLeft(
  operations: readonly ServiceOperation[],
  moving: readonly BookingType[],
  positions: ReadonlyMap<string, number>,
): ServiceOperation[] {
  return operations.flatMap((operation) => {
    const own = moving.filter(({ id }) => positions.get(id) === operation.position);
    const minutes = own.reduce(
      (sum, { fromAt, toAt }) => sum + windowMinutes({ fromAt: fromAt.getTime(), toAt: toAt.getTime() }),
      0,
    );
    return minutes === 0 ? [] : [{ ...operation, minutes }];
  });
}

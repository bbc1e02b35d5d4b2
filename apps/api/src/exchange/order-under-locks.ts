import { Inject, Injectable } from '@nestjs/common';
import { Bookings, type BookingType, type LockedCell } from '../booking/index.js';
import { Postings, type OpenBooks } from '../payouts/index.js';
import type { Transaction } from '../platform/database/index.js';
import { Capacity, type Work } from './capacity/capacity.js';
import type { OfferType } from './offer.types.js';
import { OffersRepository, type OfferKey } from './offers.repository.js';
import { workOf } from './promises.js';
import type { ServiceOrderType } from './service-order.types.js';
import { ServiceOrdersRepository } from './service-orders.repository.js';
import { booksOf } from './trade.js';

/** An order whose stations and books are locked: nobody books, frees or posts beside it. */
export interface HeldOrder {
  readonly order: ServiceOrderType;
  readonly offer: OfferType;
  readonly work: Work;
  readonly cells: readonly LockedCell[];
  readonly books: OpenBooks;
  /** Its live bookings, by start. */
  readonly bookings: readonly BookingType[];
  readonly now: Date;
}

/** Takes an order with all that belongs to it, to end it or to move it. */
@Injectable()
export class OrderUnderLocks {
  constructor(
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
  ) {}

  /** Locks downwards: cells, these members and all who wait, the bookings, both books; then reads the time and what stands. */
  async take(
    tx: Transaction,
    known: ServiceOrderType,
    memberIds: readonly string[] = [],
  ): Promise<HeldOrder> {
    const { coopId, offerId, version, units } = known;
    const offer = await this.offers.version(tx, { coopId, id: offerId, version });
    if (offer === null) throw new Error(`version ${String(version)} of offer ${offerId} is missing`);
    const work = workOf(offer, units);
    const cellIds = await this.capacity.cellIds(tx, coopId, work);
    await this.capacity.lock(tx, coopId, cellIds, memberIds);
    await this.orders.lockBookings(tx, known);
    const books = await this.postings.openBooks(tx, booksOf(known));
    const now = await tx.now();
    const order = (await this.orders.byId(tx, known)) ?? known;
    const bookings = await this.live(tx, known);
    const from = Math.min(now.getTime(), ...bookings.map((booking) => booking.fromAt.getTime()));
    const cells = await this.capacity.load(tx, coopId, cellIds, from);
    return { order, offer, work, cells, books, bookings, now };
  }

  private async live(tx: Transaction, key: OfferKey): Promise<BookingType[]> {
    const ids = (await this.orders.bookingIds(tx, [key])).map((row) => row.bookingId);
    const all = await this.bookings.byIds(tx, key.coopId, ids);
    const confirmed = all.filter((booking) => booking.state === 'confirmed');
    return confirmed.sort((a, b) => a.fromAt.getTime() - b.fromAt.getTime());
  }
}

/** The bookings of an order on which nothing was done and that are not over. */
export function notBegun({ bookings, now }: HeldOrder): BookingType[] {
  return bookings.filter((booking) => booking.checkedInAt === null && booking.toAt > now);
}

/** True when work on any booking of the order was begun. */
export function hasBegun({ bookings }: HeldOrder): boolean {
  return bookings.some((booking) => booking.checkedInAt !== null);
}

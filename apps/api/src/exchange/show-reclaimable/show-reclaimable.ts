import { Inject, Injectable } from '@nestjs/common';
import type { Window } from '@touchmark/calendar';
import { decideReclaim, firmSince } from '@touchmark/exchange';
import { Bookings, type BookingType } from '../../booking/index.js';
import { Database } from '../../platform/database/index.js';
import type { OfferType } from '../offer.types.js';
import { OffersRepository } from '../offers.repository.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';
import type { ReclaimableWindow } from './show-reclaimable.types.js';

/** What peers' orders have of a workshop's time, and what of it home members may still take back. */
@Injectable()
export class ShowReclaimable {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(OffersRepository) private readonly offers: OffersRepository,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
  ) {}

  async run(coopId: string, workshopId: string, { fromAt, toAt }: Window): Promise<ReclaimableWindow[]> {
    const standing = await this.bookings.ofWorkshop(this.database, coopId, workshopId, fromAt, toAt);
    const taken = standing.filter(({ serviceOrderId }) => serviceOrderId !== null);
    if (taken.length === 0) return [];
    const offers = await this.offersOf(coopId, taken);
    const now = (await this.database.now()).getTime();
    return taken.map((booking) => {
      const offer = offers.get(booking.serviceOrderId ?? '');
      if (offer === undefined) throw new Error(`the offer of booking ${booking.id} is missing`);
      const begun = booking.checkedInAt !== null;
      const window = { fromAt: booking.fromAt.getTime(), firmHours: offer.firmHours, begun };
      return {
        booking,
        offerTitle: offer.title,
        firmFrom: new Date(firmSince(window)),
        reclaimable: decideReclaim(window, now).kind === 'ReclaimAllowed',
      };
    });
  }

  /** The offers, in the version that was bought, by the order's id. */
  private async offersOf(coopId: string, taken: readonly BookingType[]): Promise<Map<string, OfferType>> {
    const ids = [...new Set(taken.map(({ serviceOrderId }) => serviceOrderId ?? ''))];
    const orders = await this.orders.byIds(
      this.database,
      ids.map((id) => ({ coopId, id })),
    );
    const versionOf = (id: string, version: number): string => `${id} ${String(version)}`;
    const keys = orders.map(({ offerId: id, version }) => ({ coopId, id, version }));
    const distinct = [...new Map(keys.map((key) => [versionOf(key.id, key.version), key])).values()];
    const versions = await this.offers.versions(this.database, distinct);
    const byVersion = new Map(versions.map((offer) => [versionOf(offer.id, offer.version), offer]));
    return new Map(
      orders.flatMap(({ id, offerId, version }) => {
        const offer = byVersion.get(versionOf(offerId, version));
        return offer === undefined ? [] : [[id, offer]];
      }),
    );
  }
}

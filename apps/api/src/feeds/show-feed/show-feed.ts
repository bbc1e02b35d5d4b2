import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { calendarText } from '../calendar-text.js';
import { type FeedBooking, FeedBookingsRepository } from '../feed-bookings.repository.js';
import { hashOf } from '../feed-secret.js';
import { FeedsRepository, type FoundFeed } from '../feeds.repository.js';

const DAY_MS = 86_400_000;
const DAYS_BACK = 30;
const DAYS_AHEAD = 90;
// Nothing is booked further ahead than this before it happens; far more than the horizon of a hold.
const MOST_DAYS_BOOKED_AHEAD = 370;

/** A calendar, or why there is none: no such feed, or one that is over. */
export type FeedAnswer =
  | { readonly kind: 'Calendar'; readonly feedId: string; readonly text: string }
  | { readonly kind: 'Unknown' }
  | { readonly kind: 'Gone' };

/** The smallest UUID version 7 of this moment. */
function idAt(atMs: number): string {
  const hex = Math.max(atMs, 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Writes the calendar of a feed: from 30 days back to 90 days ahead, by whole days so that it stays the same for a day. */
@Injectable()
export class ShowFeed {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(FeedsRepository) private readonly feeds: FeedsRepository,
    @Inject(FeedBookingsRepository) private readonly bookings: FeedBookingsRepository,
  ) {}

  async run(secret: string): Promise<FeedAnswer> {
    const feed = await this.feeds.bySecret(this.database, hashOf(secret));
    if (feed === null) return { kind: 'Unknown' };
    if (!feed.allowed) return { kind: 'Gone' };
    const ofStation = feed.stationId !== null;
    const text = calendarText(await this.bookingsOf(feed), {
      name: ofStation ? 'Touchmark station' : 'Touchmark bookings',
      host: new URL(this.config.publicUrl).hostname,
      ofStation,
    });
    return { kind: 'Calendar', feedId: feed.id, text };
  }

  private bookingsOf({ accountId, coopId, stationId, now }: FoundFeed): Promise<FeedBooking[]> {
    const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
    const fromAt = new Date(today - DAYS_BACK * DAY_MS);
    const toAt = new Date(today + (DAYS_AHEAD + 1) * DAY_MS);
    if (coopId !== null && stationId !== null)
      return this.bookings.ofStation(this.database, { coopId, stationId }, { fromAt, toAt });
    // Ids are made by the real clock, which is never ahead of the one that the product goes by.
    const madeAt = Math.min(fromAt.getTime(), Date.now()) - MOST_DAYS_BOOKED_AHEAD * DAY_MS;
    return this.bookings.ofMember(this.database, accountId, { fromAt, toAt, oldestId: idAt(madeAt) });
  }
}

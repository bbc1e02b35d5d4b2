import ical, { ICalEventStatus, type ICalEventData } from 'ical-generator';
import type { FeedBooking } from './feed-bookings.repository.js';

const STATUS: Readonly<Record<string, ICalEventStatus>> = {
  held: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
};

// RFC 5545 knows no control characters in a text, however they got into a name.
const plain = (text: string): string => text.replace(/[\p{Cc}]+/gu, ' ').trim();

function eventOf(
  booking: FeedBooking,
  feed: { readonly host: string; readonly ofStation: boolean },
): ICalEventData {
  const place = `${plain(booking.cellName)} ${String(booking.stationNumber)}`;
  const who = booking.holder === null ? 'Production' : plain(booking.holder);
  const state = booking.state === 'held' ? ' (on hold)' : '';
  return {
    id: `${booking.id}@${feed.host}`,
    start: booking.fromAt,
    end: booking.toAt,
    // Of the last change, not of the answer: an unchanged calendar is then the same to the last byte.
    stamp: booking.modifiedAt,
    created: booking.createdAt,
    lastModified: booking.modifiedAt,
    sequence: booking.changes,
    status: STATUS[booking.state] ?? ICalEventStatus.CANCELLED,
    summary: `${place}: ${feed.ofStation ? who : plain(booking.workshopName)}${state}`,
    location: `${plain(booking.workshopName)}, ${plain(booking.address)}`,
    description: plain(booking.coopName),
  };
}

/** The bookings as an iCalendar (RFC 5545) with instants in UTC; the same bookings give the same text. */
export function calendarText(
  bookings: readonly FeedBooking[],
  feed: { readonly name: string; readonly host: string; readonly ofStation: boolean },
): string {
  const calendar = ical({
    name: plain(feed.name),
    prodId: { company: 'Touchmark', product: 'Calendar feed', language: 'EN' },
    ttl: 300,
  });
  for (const booking of bookings) calendar.createEvent(eventOf(booking, feed));
  // The library leaves the last line open; RFC 5545 ends every line (3.1).
  return `${calendar.toString()}\r\n`;
}

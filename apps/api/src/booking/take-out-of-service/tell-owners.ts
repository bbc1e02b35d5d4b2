import type { NewNotice } from '../../notices/index.js';
import type { BookingType } from '../booking.types.js';
import type { StationFacts } from './evacuations.repository.js';

/** What has happened to a station, for the words to those whose bookings it touches. */
export interface Evacuation {
  readonly facts: StationFacts;
  readonly stationId: string;
  readonly reason: string;
}

/** The notices to the members whose claims were moved, or could not be. What has no member has nobody to tell. */
export function noticesOf(
  evacuation: Evacuation,
  moved: readonly BookingType[],
  left: readonly BookingType[],
): NewNotice[] {
  return [
    ...moved.flatMap((booking) => told(evacuation, booking, movedWords(evacuation, booking))),
    ...left.flatMap((booking) => told(evacuation, booking, leftWords(evacuation, booking))),
  ];
}

type Words = Pick<NewNotice, 'kind' | 'title' | 'body'>;

function told({ facts }: Evacuation, booking: BookingType, words: Words): NewNotice[] {
  const { coopId, accountId } = booking;
  if (accountId === null) return [];
  return [{ coopId, accountId, ...words, link: `/${facts.slug}/calendar` }];
}

function movedWords(evacuation: Evacuation, booking: BookingType): Words {
  const { facts } = evacuation;
  const [before, now] = [numberOf(evacuation, evacuation.stationId), numberOf(evacuation, booking.stationId)];
  return {
    kind: 'booking_moved',
    title: `Your time on ${facts.cellName} is on station ${now} now`,
    body: `Station ${before} is out of service (${evacuation.reason}). Your time ${when(facts, booking)} was moved to station ${now}, at the same hours and price. You need not do anything.`,
  };
}

function leftWords(evacuation: Evacuation, booking: BookingType): Words {
  const { facts } = evacuation;
  const number = numberOf(evacuation, evacuation.stationId);
  return {
    kind: 'booking_out_of_service',
    title: `Station ${number} of ${facts.cellName} is out of service during your time`,
    body: `Station ${number} is out of service (${evacuation.reason}), and no other station can take your time ${when(facts, booking)}. It stays booked in case the station is back earlier. Move it to another time or cancel it, without a fee, or ask an operator.`,
  };
}

function numberOf({ facts }: Evacuation, stationId: string): string {
  const number = facts.numbers[stationId];
  if (number === undefined) throw new Error(`station ${stationId} is not of the cell that was loaded`);
  return String(number);
}

/** A window by the clocks of its workshop, such as `from 18 Nov 2026, 11:00 to 18 Nov 2026, 12:00 (Europe/Berlin)`. */
export function when(
  { timeZone }: Pick<StationFacts, 'timeZone'>,
  { fromAt, toAt }: Pick<BookingType, 'fromAt' | 'toAt'>,
): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return `from ${format.format(fromAt)} to ${format.format(toAt)} (${timeZone})`;
}

import { randomUUID } from 'node:crypto';
import { dayWindow, epochDayOf, wallTime } from '@touchmark/calendar';
import { formatMoney } from '@touchmark/money';
import { instants } from '#lib/server/calendar/picked.ts';
import { reclaimWindow, timeOfPeers } from '#lib/server/documents/reclaim.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { onTheWall } from '#lib/server/on-the-wall.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import { isoDate, stretchWords } from '#lib/time.ts';
import type { Actions, PageServerLoad } from './$types';

/** How many days are shown at a time: the most that the API answers. */
const DAYS = 14;

export const load: PageServerLoad = async (event) => {
  const { coop } = await rolesOn(event);
  const { all, workshop } = await workshopsOf(event, coop.id);
  const today = wallTime(workshop.timeZone, Date.now()).epochDay;
  const first = epochDayOf(event.url.searchParams.get('from') ?? '') ?? today;
  // A day less than the most, for the hour that the end of summer time adds.
  const range = instants(dayWindow(workshop.timeZone, first, first + DAYS - 2));
  const where = { coopId: coop.id, workshopId: workshop.id };
  const { reclaimableWindows } = await event.locals.api.ask(timeOfPeers, { ...where, ...range });
  return {
    workshop,
    workshops: all,
    first,
    last: first + DAYS - 2,
    earlier: first > today ? isoDate(Math.max(today, first - DAYS + 1)) : null,
    later: isoDate(first + DAYS - 1),
    windows: reclaimableWindows.map((window) => ({ ...window, requestId: randomUUID() })),
  };
};

interface Placed {
  readonly fromAt: string;
  readonly toAt: string;
  readonly cell: { readonly name: string };
  readonly station: { readonly number: number };
}
const placeWords = (zone: string, { cell, station, fromAt, toAt }: Placed): string =>
  `${cell.name} ${String(station.number)}, ${stretchWords(zone, Date.parse(fromAt), Date.parse(toAt))}`;

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const data = await request.formData();
    const zone = text(data, 'zone');
    const input = {
      ...{ coopId: text(data, 'coopId'), bookingId: text(data, 'bookingId') },
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(reclaimWindow, { input });
    if (outcome.__typename !== 'WindowReclaimed') return refuse('reclaim', data, onTheWall(zone, outcome));
    const { booking, work } = outcome;
    const money = (minor: string, currency: string): string =>
      formatMoney({ amountMinor: BigInt(minor), currency });
    return {
      held: placeWords(zone, booking),
      price: money(booking.priceMinor, booking.currency),
      day: isoDate(wallTime(zone, Date.parse(booking.fromAt)).epochDay),
      refunded: work.state === 'RECLAIMED' ? money(work.refundedMinor, work.currency) : null,
      places: work.bookings.map((one) => placeWords(zone, one)),
    };
  },
};

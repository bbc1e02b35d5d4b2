import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { dayWindow, epochDayOf, wallTime, weekdayOf } from '@touchmark/calendar';
import { layOut, nextStart } from '#lib/calendar-view.ts';
import { instants, pickedIn, windowOf } from '#lib/server/calendar/picked.ts';
import { quoteOf } from '#lib/server/calendar/quote.ts';
import { waitingActions } from '#lib/server/calendar/waiting.ts';
import {
  calendar,
  cancelBooking,
  confirmBooking,
  extendHold,
  holdNextFree,
  holdSlot,
  releaseHold,
} from '#lib/server/documents/booking.ts';
import { waitingPlaces } from '#lib/server/documents/waiting-list.ts';
import { fields, refuse, text } from '#lib/server/forms.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import { isoDate } from '#lib/time.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  if (event.locals.session === null)
    return redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname)}`);
  const { coop } = await event.parent();
  const { all, workshop } = await workshopsOf(event, coop.id);
  const now = Date.now();
  const zone = workshop.timeZone;
  const today = wallTime(zone, now).epochDay;
  const picked = pickedIn(event.url.searchParams);
  const asked = epochDayOf(picked.day ?? '');
  const single = event.url.searchParams.get('view') === 'day';
  const shown = async (day: number) => {
    const first = single ? day : day - weekdayOf(day) + 1;
    const days = Array.from({ length: single ? 1 : 7 }, (_, index) => first + index);
    const range = instants(dayWindow(zone, first, first + days.length - 1));
    const where = { coopId: coop.id, workshopId: workshop.id, family: picked.family };
    const answer = await event.locals.api.ask(calendar, { ...where, ...range });
    return { answer, range, view: layOut(zone, days, answer) };
  };
  const [first, quote, { myWaiting, bookingPolicy }] = await Promise.all([
    shown(asked ?? today),
    quoteOf(event.locals.api, coop.id, zone, picked),
    event.locals.api.ask(waitingPlaces, { coopId: coop.id }),
  ]);
  let { answer, range, view } = first;
  let next = nextStart(view, asked ?? today);
  if (asked === null && next === null) {
    // Nothing is left of this stretch: whoever asks for no day wants the first that has free time.
    const later = await shown(today + (single ? 1 : 7));
    next = nextStart(later.view, today);
    if (next !== null) ({ answer, range, view } = later);
  }
  const bookings = answer.myBookings.edges
    .map(({ node }) => node)
    .filter(({ state, toAt }) => (state === 'HELD' || state === 'CONFIRMED') && Date.parse(toAt) > now)
    .sort((a, b) => Date.parse(a.fromAt) - Date.parse(b.fromAt))
    .map((booking) => ({ ...booking, requestId: randomUUID() }));
  return {
    waiting: myWaiting.edges
      .map(({ node }) => ({ ...node, requestId: randomUUID() }))
      .filter(({ state }) => state === 'WAITING'),
    policy: bookingPolicy,
    workshop,
    workshops: all,
    today,
    day: asked ?? next?.epochDay ?? today,
    single,
    range,
    view,
    peers: answer.calendar.some((station) =>
      station.bookings.some(({ origin }) => origin === 'SERVICE_ORDER'),
    ),
    bookings,
    picked,
    quote,
    requestId: randomUUID(),
  };
};

/** The same page without the choice that has been acted on. */
function onward(url: URL, day: string): never {
  const search = new URLSearchParams({ day });
  for (const name of ['workshop', 'view', 'family']) {
    const value = url.searchParams.get(name);
    if (value !== null) search.set(name, value);
  }
  return redirect(303, `${url.pathname}?${search.toString()}#mine`);
}

const claimOf = (data: FormData) => ({
  coopId: text(data, 'coopId'),
  bookingId: text(data, 'bookingId'),
  requestId: text(data, 'requestId'),
});

export const actions: Actions = {
  ...waitingActions,
  hold: async ({ request, locals, url }) => {
    const data = await request.formData();
    const zone = text(data, 'zone');
    const { cellId, stationId, family, useCredits, ...when } = pickedIn(fields(data));
    const window = windowOf(zone, when);
    if ('message' in window) return refuse('hold', data, window);
    const input = {
      ...{ coopId: text(data, 'coopId'), cellId: cellId ?? '', stationId, family, useCredits },
      ...{ ...instants(window), requestId: text(data, 'requestId') },
    };
    const outcome = await locals.api.tell(holdSlot, { input });
    if (outcome.__typename === 'SlotHeld') return onward(url, text(data, 'day'));
    const free = 'alternatives' in outcome ? outcome.alternatives : [];
    const open =
      'nextOpenAt' in outcome && outcome.nextOpenAt ? [{ fromAt: outcome.nextOpenAt, stationId: null }] : [];
    const instead = [...free, ...open].map((one) => ({
      ...wallTime(zone, Date.parse(one.fromAt)),
      stationId: one.stationId,
    }));
    return refuse('hold', data, outcome, { instead, taken: outcome.__typename === 'SlotTaken' });
  },
  next: async ({ request, locals, url }) => {
    const data = await request.formData();
    const { cellId, family, minutes, useCredits } = pickedIn(fields(data));
    const input = {
      ...{ coopId: text(data, 'coopId'), cellId: cellId ?? '', minutes: Number(minutes), family, useCredits },
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(holdNextFree, { input });
    if (outcome.__typename !== 'SlotHeld') return refuse('next', data, outcome);
    const { epochDay } = wallTime(text(data, 'zone'), Date.parse(outcome.booking.fromAt));
    return onward(url, isoDate(epochDay));
  },
  confirm: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(confirmBooking, { input: claimOf(data) });
    if (outcome.__typename !== 'BookingConfirmed') return refuse('claim', data, outcome);
    return { done: 'Booked. The price was charged to your account with the co-op.' };
  },
  extend: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(extendHold, { input: claimOf(data) });
    if (outcome.__typename !== 'HoldExtended') return refuse('claim', data, outcome);
    return { done: 'Held for another 15 minutes. A hold can be extended once.' };
  },
  release: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(releaseHold, { input: claimOf(data) });
    if (outcome.__typename !== 'HoldReleased') return refuse('claim', data, outcome);
    return { done: 'Released. Nothing was charged.' };
  },
  cancel: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(cancelBooking, { input: claimOf(data) });
    if (outcome.__typename !== 'BookingCancelled') return refuse('claim', data, outcome);
    const kept = BigInt(outcome.feeMinor) > 0n;
    return {
      done: kept
        ? 'Cancelled. The fee for short notice stays charged.'
        : `Cancelled. ${outcome.waivedBecause ?? 'The charge was reversed.'}`,
    };
  },
};

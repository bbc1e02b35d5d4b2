import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { type Window, dayWindow, epochDayOf, wallInstant, wallTime, weekdayOf } from '@touchmark/calendar';
import { layOut, nextStart } from '#lib/calendar-view.ts';
import {
  calendar,
  cancelBooking,
  confirmBooking,
  holdSlot,
  releaseHold,
} from '#lib/server/documents/booking.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import { minuteOf } from '#lib/time.ts';
import type { Actions, PageServerLoad } from './$types';

const instants = ({ fromAt, toAt }: Window) => ({
  fromAt: new Date(fromAt).toISOString(),
  toAt: new Date(toAt).toISOString(),
});

export const load: PageServerLoad = async (event) => {
  if (event.locals.session === null)
    return redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname)}`);
  const { coop } = await event.parent();
  const { all, workshop } = await workshopsOf(event, coop.id);
  const now = Date.now();
  const zone = workshop.timeZone;
  const today = wallTime(zone, now).epochDay;
  const asked = epochDayOf(event.url.searchParams.get('day') ?? '');
  const week = async (day: number) => {
    const monday = day - weekdayOf(day) + 1;
    const range = instants(dayWindow(zone, monday, monday + 6));
    const answer = await event.locals.api.ask(calendar, {
      coopId: coop.id,
      workshopId: workshop.id,
      ...range,
    });
    const days = Array.from({ length: 7 }, (_, index) => monday + index);
    return { answer, view: layOut(zone, days, answer) };
  };
  let { answer, view } = await week(asked ?? today);
  let next = nextStart(view, asked ?? today);
  if (asked === null && next === null) {
    // Nothing is left of this week: whoever asks for no day wants the first that has free time.
    const later = await week(today + 7);
    next = nextStart(later.view, today);
    if (next !== null) ({ answer, view } = later);
  }
  const bookings = answer.myBookings.edges
    .map(({ node }) => node)
    .filter(({ state, toAt }) => (state === 'HELD' || state === 'CONFIRMED') && Date.parse(toAt) > now)
    .sort((a, b) => Date.parse(a.fromAt) - Date.parse(b.fromAt))
    .map((booking) => ({ ...booking, requestId: randomUUID() }));
  return {
    workshop,
    workshops: all,
    today,
    day: asked ?? next?.epochDay ?? today,
    view,
    bookings,
    picked: pickedIn(event.url),
    requestId: randomUUID(),
  };
};

/** What a click on a free window chose, as far as the address says. */
function pickedIn({ searchParams }: URL) {
  return {
    cellId: searchParams.get('cell'),
    stationId: searchParams.get('station'),
    start: searchParams.get('start'),
    minutes: searchParams.get('minutes'),
  };
}

/** A window from the wall clock of the workshop, or what is wrong with it. */
function windowOf(data: FormData): Window | { readonly message: string; readonly field: string } {
  const day = epochDayOf(text(data, 'date'));
  const start = minuteOf(text(data, 'start'));
  const minutes = Number(text(data, 'minutes'));
  if (day === null) return { field: 'date', message: 'Give a day, such as 2026-11-30.' };
  if (start === null) return { field: 'start', message: 'Give a start between 00:00 and 23:59.' };
  if (!Number.isInteger(minutes) || minutes < 1) return { field: 'minutes', message: 'Choose a length.' };
  const fromAt = wallInstant(text(data, 'zone'), day, start);
  return { fromAt, toAt: fromAt + minutes * 60_000 };
}

/** The same page without the choice that has been acted on. */
function onward(url: URL, day: string): never {
  const search = new URLSearchParams({ day });
  const workshop = url.searchParams.get('workshop');
  if (workshop !== null) search.set('workshop', workshop);
  return redirect(303, `${url.pathname}?${search.toString()}#mine`);
}

const claimOf = (data: FormData) => ({
  coopId: text(data, 'coopId'),
  bookingId: text(data, 'bookingId'),
  requestId: text(data, 'requestId'),
});

export const actions: Actions = {
  hold: async ({ request, locals, url }) => {
    const data = await request.formData();
    const window = windowOf(data);
    if ('message' in window) return refuse('hold', data, window);
    const input = {
      coopId: text(data, 'coopId'),
      cellId: text(data, 'cellId'),
      stationId: text(data, 'stationId') || null,
      ...instants(window),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(holdSlot, { input });
    if (outcome.__typename === 'SlotHeld') return onward(url, text(data, 'date'));
    const free =
      'freeFrom' in outcome ? outcome.freeFrom : 'nextOpenAt' in outcome ? outcome.nextOpenAt : null;
    return refuse(
      'hold',
      data,
      outcome,
      free === null ? null : wallTime(text(data, 'zone'), Date.parse(free)),
    );
  },
  confirm: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(confirmBooking, { input: claimOf(data) });
    if (outcome.__typename !== 'BookingConfirmed') return refuse('claim', data, outcome);
    return { done: 'Booked. The price was charged to your account with the co-op.' };
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
    return { done: 'Cancelled. The charge was reversed.' };
  },
};

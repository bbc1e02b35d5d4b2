import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { dayWindow, epochDayOf, wallTime } from '@touchmark/calendar';
import { instants } from '#lib/server/calendar/picked.ts';
import { calendarOfDay } from '#lib/server/documents/stations-out.ts';
import { checkIn, checkOut, operatorDay, runList } from '#lib/server/documents/production.ts';
import { cellList } from '#lib/server/documents/series.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { serviceActions } from '#lib/server/stations-out.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import { isoDate } from '#lib/time.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  if (event.locals.session === null)
    return redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname)}`);
  const { coop } = await event.parent();
  const { all, workshop } = await workshopsOf(event, coop.id);
  const today = wallTime(workshop.timeZone, Date.now()).epochDay;
  const day = epochDayOf(event.url.searchParams.get('date') ?? '') ?? today;
  const asked = { coopId: coop.id, workshopId: workshop.id, date: isoDate(day) };
  const where = { coopId: coop.id, workshopId: workshop.id };
  const [tasks, runs, { workshop: floor }, { calendar: shown }] = await Promise.all([
    event.locals.api.ask(operatorDay, asked),
    event.locals.api.ask(runList, { coopId: coop.id }),
    event.locals.api.ask(cellList, { coopId: coop.id, id: workshop.id }),
    event.locals.api.ask(calendarOfDay, { ...where, ...instants(dayWindow(workshop.timeZone, day, day)) }),
  ]);
  const cells = floor?.cells ?? [];
  const shownBookings = shown.flatMap(({ bookings }) => bookings);
  return {
    workshop,
    workshops: all,
    day,
    today,
    tasks: tasks.operatorDay.map((task) => ({ ...task, requestId: randomUUID() })),
    stations: cells.flatMap(({ name, stations }) =>
      stations.map(({ id, number }) => ({ id, name: `${name} ${String(number)}` })),
    ),
    out: cells
      .flatMap(({ closures }) => closures)
      .filter(({ kind }) => kind === 'OUT_OF_SERVICE')
      .map((closure) => ({ ...closure, requestId: randomUUID() })),
    holds: shown.flatMap(({ cell, station, bookings }) =>
      bookings
        .filter(({ state }) => state === 'HELD')
        .map(({ fromAt, toAt, label, expiresAt }) => ({
          ...{ fromAt, toAt, label, expiresAt },
          station: `${cell.name} ${String(station.number)}`,
        })),
    ),
    labels: Object.fromEntries(shownBookings.map(({ bookingId, label }) => [bookingId ?? '', label])),
    // Runs and orders are taken back where they were planned, and one's own booking in the calendar.
    ofOthers: shownBookings
      .filter(({ mine, origin }) => !mine && origin !== 'RUN' && origin !== 'SERVICE_ORDER')
      .map(({ bookingId }) => bookingId),
    requestId: randomUUID(),
    runs: runs.runs.edges.map(({ node }) => node),
  };
};

const claimOf = (data: FormData) => ({
  coopId: text(data, 'coopId'),
  bookingId: text(data, 'bookingId'),
  requestId: text(data, 'requestId'),
});

export const actions: Actions = {
  ...serviceActions,
  in: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(checkIn, { input: claimOf(data) });
    return outcome.__typename === 'CheckedIn' ? { done: true } : refuse('in', data, outcome);
  },
  out: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(checkOut, { input: claimOf(data) });
    return outcome.__typename === 'CheckedOut' ? { done: true } : refuse('out', data, outcome);
  },
};

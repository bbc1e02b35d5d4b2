import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { epochDayOf, wallTime } from '@touchmark/calendar';
import { checkIn, checkOut, operatorDay, runList } from '#lib/server/documents/production.ts';
import { refuse, text } from '#lib/server/forms.ts';
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
  const [tasks, runs] = await Promise.all([
    event.locals.api.ask(operatorDay, asked),
    event.locals.api.ask(runList, { coopId: coop.id }),
  ]);
  return {
    workshop,
    workshops: all,
    day,
    today,
    tasks: tasks.operatorDay.map((task) => ({ ...task, requestId: randomUUID() })),
    runs: runs.runs.edges.map(({ node }) => node),
  };
};

const claimOf = (data: FormData) => ({
  coopId: text(data, 'coopId'),
  bookingId: text(data, 'bookingId'),
  requestId: text(data, 'requestId'),
});

export const actions: Actions = {
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

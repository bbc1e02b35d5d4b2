import { wallInstant, wallTime } from '@touchmark/calendar';
import { instants } from '#lib/server/calendar/picked.ts';
import { utilisation } from '#lib/server/documents/insights.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import type { PageServerLoad } from './$types';

const RANGES = [4, 13] as const;

export const load: PageServerLoad = async (event) => {
  const { coop } = await rolesOn(event);
  const { all, workshop } = await workshopsOf(event, coop.id);
  const weeks = RANGES.find((each) => String(each) === event.url.searchParams.get('weeks')) ?? RANGES[0];
  const today = wallTime(workshop.timeZone, Date.now()).epochDay;
  const range = {
    fromAt: wallInstant(workshop.timeZone, today - weeks * 7, 0),
    toAt: wallInstant(workshop.timeZone, today, 0),
  };
  const asked = { coopId: coop.id, workshopId: workshop.id, ...instants(range) };
  const answer = await event.locals.api.ask(utilisation, asked);
  return {
    workshop,
    workshops: all,
    weeks,
    ranges: RANGES,
    first: today - weeks * 7,
    last: today - 1,
    cells: answer.utilisation,
  };
};

import { isTimeZone } from '@touchmark/calendar';
import { pickedIn } from '#lib/server/calendar/picked.ts';
import { quoteOf } from '#lib/server/calendar/quote.ts';
import type { RequestHandler } from './$types';

/** What the choice in the form would cost now; asked while somebody still chooses. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const coopId = url.searchParams.get('coopId') ?? '';
  const zone = url.searchParams.get('zone') ?? 'UTC';
  if (locals.session === null || !isTimeZone(zone)) return Response.json(null);
  return Response.json(await quoteOf(locals.api, coopId, zone, pickedIn(url.searchParams)));
};

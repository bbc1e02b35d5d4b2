import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { workshopList } from './documents/booking.ts';

/** The workshops of a co-op and the one that the address names, or the first. */
export async function workshopsOf({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>, coopId: string) {
  const { workshops } = await locals.api.ask(workshopList, { coopId });
  const all = workshops.edges.map(({ node }) => node);
  const named = url.searchParams.get('workshop');
  const workshop = all.find(({ id }) => id === named) ?? all[0];
  if (workshop === undefined)
    return error(404, 'This co-op has no workshop yet.', {
      next: 'An admin sets one up with its cells and opening hours; then there is something to book.',
    });
  return { all, workshop };
}

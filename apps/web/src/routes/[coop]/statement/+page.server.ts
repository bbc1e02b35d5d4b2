import { error, redirect } from '@sveltejs/kit';
import { statement } from '#lib/server/documents/payouts.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { coop } = await parent();
  const asked = { coopId: coop.id, currency: coop.currency, after: url.searchParams.get('after') };
  const answer = await locals.api.ask(statement, asked);
  if (answer.statement === null) return error(403, `Only members of ${coop.name} have a statement there.`);
  const { lines, ...sums } = answer.statement;
  return {
    sums,
    lines: lines.edges.map(({ node }) => node),
    bookings: answer.myBookings.edges.map(({ node }) => node),
    after: lines.pageInfo.hasNextPage ? lines.pageInfo.endCursor : null,
  };
};

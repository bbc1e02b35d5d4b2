import { redirect } from '@sveltejs/kit';
import { myOrders } from '#lib/server/documents/orders.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.session === null) return redirect(303, '/sign-in?next=/orders');
  const answer = await locals.api.ask(myOrders, { after: url.searchParams.get('after') });
  return {
    orders: answer.myOrders.edges.map(({ node }) => node),
    after: answer.myOrders.pageInfo.hasNextPage ? answer.myOrders.pageInfo.endCursor : null,
    placed: url.searchParams.get('placed'),
  };
};

import { redirect, type RequestEvent } from '@sveltejs/kit';
import { myOrders } from './documents/orders.ts';

/** A page of what the caller ordered, newest first; who is not signed in is asked to. */
export async function loadMyOrders({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
  if (locals.session === null) return redirect(303, '/sign-in?next=/orders');
  const answer = await locals.api.ask(myOrders, { after: url.searchParams.get('after') });
  return {
    orders: answer.myOrders.edges.map(({ node }) => node),
    after: answer.myOrders.pageInfo.hasNextPage ? answer.myOrders.pageInfo.endCursor : null,
  };
}

export type MyOrders = Awaited<ReturnType<typeof loadMyOrders>>;

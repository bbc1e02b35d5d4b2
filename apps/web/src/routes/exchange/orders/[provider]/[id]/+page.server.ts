import { error, redirect } from '@sveltejs/kit';
import { serviceOrder } from '#lib/server/documents/service-orders.ts';
import type { PageServerLoad } from './$types';

const MAY_LOOK = ['OPERATOR', 'TREASURER', 'ADMIN'];

/** Where notices lead, which know the order but not for whom somebody looks at it: on to the page of the co-op whose order it is. */
export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { me } = await parent();
  const places = (me?.memberships ?? []).filter(({ roles }) => roles.some((role) => MAY_LOOK.includes(role)));
  const [providerId, id] = [params.provider, params.id];
  for (const { coop } of places) {
    const asked = { providerId, coopId: coop.id, id, after: null };
    const { serviceOrder: order } = await locals.api.ask(serviceOrder, asked);
    if (order !== null) return redirect(303, `/${coop.slug}/exchange/orders/${order.provider.slug}/${id}`);
  }
  return error(404, 'None of your co-ops has such an order.');
};

import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { dropPage, placeOrder } from '#lib/server/documents/orders.ts';
import { refuse, text } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
  const { coop } = await parent();
  const { drop, workshops } = await locals.api.ask(dropPage, { coopId: coop.id, id: params.id });
  if (drop === null) return error(404, `${coop.name} has no such drop.`);
  return { drop, zone: workshops.edges[0]?.node.timeZone ?? 'UTC', requestId: randomUUID() };
};

export const actions: Actions = {
  order: async ({ request, locals, params, url }) => {
    if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
    const data = await request.formData();
    const input = {
      coopId: text(data, 'coopId'),
      dropId: params.id,
      quantity: Number(text(data, 'quantity')),
      paymentMethod: text(data, 'paymentMethod'),
      requestId: text(data, 'requestId'),
    };
    if (!Number.isInteger(input.quantity) || input.quantity < 1)
      return refuse('order', data, {
        message: 'Give a whole number of pieces, at least 1.',
        field: 'quantity',
      });
    const outcome = await locals.api.tell(placeOrder, { input });
    if (outcome.__typename !== 'OrderPlaced') return refuse('order', data, outcome);
    return redirect(303, `/orders/placed?order=${outcome.order.id}#order-${outcome.order.id}`);
  },
};

import { loadMyOrders } from '#lib/server/my-orders.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  ...(await loadMyOrders(event)),
  placed: event.url.searchParams.get('order'),
});

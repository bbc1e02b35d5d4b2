import { loadMyOrders } from '#lib/server/my-orders.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = loadMyOrders;

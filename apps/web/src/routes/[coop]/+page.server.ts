import { coopDrops } from '#lib/server/documents/orders.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { coop } = await parent();
  const { drops, workshops } = await locals.api.ask(coopDrops, { coopId: coop.id });
  const all = drops.edges.map(({ node }) => node);
  return {
    open: all.filter(({ state }) => state === 'OPEN' || state === 'OPENING'),
    past: all.filter(({ state }) => state === 'LOCKED' || state === 'REFUNDED'),
    workshop: workshops.edges[0]?.node ?? null,
  };
};

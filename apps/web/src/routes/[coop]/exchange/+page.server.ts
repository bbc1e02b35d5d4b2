import { error, redirect } from '@sveltejs/kit';
import { coopTrade } from '#lib/server/documents/service-orders.ts';
import type { PageServerLoad } from './$types';

const MAY_LOOK = ['OPERATOR', 'TREASURER', 'ADMIN'];

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { coop, me } = await parent();
  const roles = me?.memberships.find((place) => place.coop.id === coop.id)?.roles ?? [];
  if (!roles.some((role) => MAY_LOOK.includes(role)))
    return error(403, `The trade of ${coop.name} is for its operators, treasurers and admins.`, {
      next: 'Offers are open to everybody: look at the exchange.',
    });
  const from = (name: string): string | null => url.searchParams.get(name);
  const pages = { sold: from('sold'), bought: from('bought'), offers: from('offers') };
  const revised = from('revised');
  const trade = await locals.api.ask(coopTrade, { coopId: coop.id, ...pages });
  const listOf = <Node>(list: {
    edges: { node: Node }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }) => ({
    rows: list.edges.map(({ node }) => node),
    after: list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null,
  });
  return {
    sold: listOf(trade.sold),
    bought: listOf(trade.bought),
    offers: listOf(trade.offers),
    zone: trade.workshops.edges[0]?.node.timeZone ?? 'UTC',
    mayPublish: roles.includes('ADMIN'),
    published: from('published'),
    revised: revised === null ? null : { id: revised, version: from('version') ?? '' },
    withdrawn: from('withdrawn') !== null,
  };
};

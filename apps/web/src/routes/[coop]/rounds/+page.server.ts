import { roundList } from '#lib/server/documents/rounds.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { roundPlaces } from '#lib/server/round-places.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  const after = event.url.searchParams.get('after');
  const [{ rounds }, places] = await Promise.all([
    event.locals.api.ask(roundList, { coopId: coop.id, after }),
    roundPlaces(event.locals.api, coop.id),
  ]);
  const all = rounds.edges.map(({ node }) => ({ ...node, place: places.ofCell(node.cellId) }));
  return {
    open: all.filter(({ state }) => state === 'OPEN'),
    past: all.filter(({ state }) => state !== 'OPEN'),
    after: rounds.pageInfo.hasNextPage ? rounds.pageInfo.endCursor : null,
    mayOpen: roles.some((role) => role === 'OPERATOR' || role === 'ADMIN'),
  };
};

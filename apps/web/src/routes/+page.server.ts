import { coopList } from '#lib/server/documents/membership.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { coops } = await locals.api.ask(coopList, { after: url.searchParams.get('after') });
  return {
    coops: coops.edges.map(({ node }) => node),
    after: coops.pageInfo.hasNextPage ? coops.pageInfo.endCursor : null,
  };
};

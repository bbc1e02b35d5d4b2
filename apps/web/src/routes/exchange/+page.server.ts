import { offerList } from '#lib/server/documents/offers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const kind = url.searchParams.get('kind')?.trim().toLowerCase() || null;
  const after = url.searchParams.get('after');
  const { offers } = await locals.api.ask(offerList, { kindOfWork: kind, after });
  const found = offers.edges.map(({ node }) => node);
  return {
    kind,
    offers: found,
    kinds: [...new Set(found.flatMap(({ kindsOfWork }) => kindsOfWork))].sort(),
    paged: after !== null,
    after: offers.pageInfo.hasNextPage ? offers.pageInfo.endCursor : null,
  };
};

import { error } from '@sveltejs/kit';
import { standings } from '#lib/anchoring-words.ts';
import { forConsole } from '#lib/server/console-page.ts';
import { editionCertificates } from '#lib/server/documents/anchoring.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { nextOf } from '#lib/server/next-page.ts';
import type { PageServerLoad } from './$types';

/** As many as can be withdrawn by one call. */
const PAGE = 100;

export const load: PageServerLoad = async (event) => {
  const above = await rolesOn(event);
  forConsole(above);
  const { searchParams } = event.url;
  const asked = searchParams.get('standing');
  const standing = standings.find(([name]) => name === asked)?.[0] ?? null;
  const { editionAnchorings, certificates } = await event.locals.api.ask(editionCertificates, {
    ...{ coopId: above.coop.id, editionId: event.params.edition, standing },
    ...{ first: PAGE, after: searchParams.get('after') },
  });
  const edition = editionAnchorings.edges[0]?.node;
  if (edition === undefined) return error(404, 'This co-op has no such edition.');
  return {
    edition,
    standing,
    admin: above.roles.includes('ADMIN'),
    certificates: certificates.edges.map(({ node }) => node),
    more: nextOf(certificates.pageInfo),
    saved: searchParams.get('saved'),
  };
};

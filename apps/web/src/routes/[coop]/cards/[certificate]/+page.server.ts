import { error, redirect } from '@sveltejs/kit';
import { cardOf } from '#lib/server/documents/cards.ts';
import { nextOf } from '#lib/server/next-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { coop } = await parent();
  const { certificate, cardPrints } = await locals.api.ask(cardOf, {
    coopId: coop.id,
    certificateId: params.certificate,
    after: url.searchParams.get('after'),
  });
  if (certificate === null) return error(404, 'This co-op issued no such certificate.');
  return {
    certificate,
    prints: cardPrints.edges.map(({ node }) => node),
    more: nextOf(cardPrints.pageInfo),
  };
};

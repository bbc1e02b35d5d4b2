import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { publishOffer } from '#lib/server/documents/offers.ts';
import { cellChoices } from '#lib/server/documents/rounds.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { offerIn } from '#lib/server/offer-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { coop, me } = await parent();
  const roles = me?.memberships.find((place) => place.coop.id === coop.id)?.roles ?? [];
  if (!roles.includes('ADMIN')) return error(403, `Only an admin of ${coop.name} publishes its offers.`);
  const { workshops } = await locals.api.ask(cellChoices, { coopId: coop.id });
  const cells = workshops.edges.flatMap(({ node }) => node.cells);
  return {
    kinds: [...new Set(cells.map(({ kind }) => kind))].sort(),
    families: [...new Set(cells.flatMap(({ families }) => families))].sort(),
    requestId: randomUUID(),
  };
};

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const data = await request.formData();
    const read = offerIn(data, text(data, 'currency'));
    if (read.kind === 'Unreadable') return refuse('publish', data, read.fault);
    const input = { ...read.terms, coopId: text(data, 'coopId'), requestId: text(data, 'requestId') };
    const outcome = await locals.api.tell(publishOffer, { input });
    if (outcome.__typename !== 'OfferPublished') return refuse('publish', data, outcome);
    return redirect(303, `/${params.coop}/exchange?published=${outcome.offer.id}`);
  },
};

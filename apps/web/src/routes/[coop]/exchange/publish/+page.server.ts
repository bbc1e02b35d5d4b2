import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { publishOffer } from '#lib/server/documents/offers.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { offerIn } from '#lib/server/offer-form.ts';
import { offerSetting } from '#lib/server/offer-setting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { kinds, families } = await offerSetting(event);
  return { kinds, families, requestId: randomUUID() };
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

import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { offerPage, reviseOffer, withdrawOffer } from '#lib/server/documents/offers.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { offerIn } from '#lib/server/offer-form.ts';
import { offerSetting } from '#lib/server/offer-setting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, kinds, families } = await offerSetting(event);
  const { offer } = await event.locals.api.ask(offerPage, { coopId: coop.id, id: event.params.id });
  if (offer === null) return error(404, `${coop.name} has no such offer.`);
  const named = <Word>(known: readonly Word[], used: readonly Word[]): Word[] => [
    ...new Set([...known, ...used]),
  ];
  return {
    offer,
    // What the offer says stays to be chosen, even when no cell is like that any more.
    kinds: named(
      kinds,
      offer.steps.map(({ cellKind }) => cellKind),
    ),
    families: named(
      families,
      offer.steps.flatMap(({ family }) => family ?? []),
    ),
    requestId: randomUUID(),
  };
};

export const actions: Actions = {
  revise: async ({ request, locals, params }) => {
    const data = await request.formData();
    const read = offerIn(data, text(data, 'currency'));
    if (read.kind === 'Unreadable') return refuse('revise', data, read.fault);
    const input = {
      ...{ ...read.terms, coopId: text(data, 'coopId'), offerId: params.id },
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(reviseOffer, { input });
    if (outcome.__typename !== 'OfferRevised') return refuse('revise', data, outcome);
    const search = new URLSearchParams({ revised: params.id, version: String(outcome.offer.version) });
    return redirect(303, `/${params.coop}/exchange?${search.toString()}`);
  },
  withdraw: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = { coopId: text(data, 'coopId'), offerId: params.id };
    const outcome = await locals.api.tell(withdrawOffer, { input });
    if (outcome.__typename !== 'OfferWithdrawn') return refuse('withdraw', data, outcome);
    return redirect(303, `/${params.coop}/exchange?withdrawn=1`);
  },
};

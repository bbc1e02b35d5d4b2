import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { epochDayOf, wallInstant } from '@touchmark/calendar';
import { contractFields, contractInput } from '#lib/contract-fields.ts';
import { coopBySlug } from '#lib/server/documents/membership.ts';
import { acceptQuote, offerPage, requestQuote, serviceQuote } from '#lib/server/documents/offers.ts';
import { fields, refuse, text } from '#lib/server/forms.ts';
import { onTheWall } from '#lib/server/on-the-wall.ts';
import type { Actions, PageServerLoad } from './$types';

type Place = Pick<Parameters<PageServerLoad>[0], 'locals' | 'params'>;

async function offerOf({ locals, params }: Place) {
  const { coop } = await locals.api.ask(coopBySlug, { slug: params.provider });
  if (coop === null) return error(404, `No provider here is called “${params.provider}”.`);
  const { offer, workshops } = await locals.api.ask(offerPage, { coopId: coop.id, id: params.offer });
  if (offer === null) return error(404, `${coop.name} has no such offer.`);
  return { offer, zone: workshops.edges[0]?.node.timeZone ?? 'UTC' };
}

export const load: PageServerLoad = async (event) => {
  const { me } = await event.parent();
  const { offer, zone } = await offerOf(event);
  const buyers = (me?.memberships ?? [])
    .filter(
      ({ coop, roles }) =>
        coop.id !== offer.coopId && roles.some((role) => role === 'ADMIN' || role === 'TREASURER'),
    )
    .map(({ coop }) => coop);
  const { searchParams } = event.url;
  const [quoteId, buyerId] = [searchParams.get('quote'), searchParams.get('for')];
  const buyer = buyers.find(({ id }) => id === buyerId);
  const found =
    quoteId === null || buyer === undefined
      ? null
      : (
          await event.locals.api.ask(serviceQuote, {
            providerId: offer.coopId,
            coopId: buyer.id,
            id: quoteId,
          })
        ).serviceQuote;
  return {
    offer,
    zone,
    buyers,
    contract: contractFields(offer.inputSchema),
    quote: found === null ? null : { ...found, buyer, lapsed: Date.parse(found.validUntil) <= Date.now() },
    requestId: randomUUID(),
  };
};

/** The end of a day on the provider's clocks; undefined when no day was read. */
function endOfDay(zone: string, day: string): string | undefined {
  const epochDay = epochDayOf(day);
  return epochDay === null ? undefined : new Date(wallInstant(zone, epochDay, 1440)).toISOString();
}

export const actions: Actions = {
  quote: async (event) => {
    const { request, locals, params, url } = event;
    if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
    const data = await request.formData();
    const { offer, zone } = await offerOf(event);
    const day = text(data, 'wantedBy');
    const wantedBy = day === '' ? null : endOfDay(zone, day);
    if (wantedBy === undefined)
      return refuse('quote', data, { message: 'Give a day such as 2026-11-30, or none.', field: 'wantedBy' });
    const units = Number(text(data, 'units'));
    if (!Number.isInteger(units) || units < 1)
      return refuse('quote', data, { message: 'Give a whole number of units, at least 1.', field: 'units' });
    const coopId = text(data, 'for');
    const input = contractInput(contractFields(offer.inputSchema), fields(data).get);
    const outcome = await locals.api.tell(requestQuote, {
      input: { providerId: offer.coopId, coopId, offerId: offer.id, units, input, wantedBy },
    });
    if (outcome.__typename === 'QuoteMade') {
      const search = new URLSearchParams({ quote: outcome.quote.id, for: coopId });
      return redirect(303, `/exchange/${params.provider}/${params.offer}?${search.toString()}#quote`);
    }
    if (outcome.__typename !== 'ContractBroken') return refuse('quote', data, outcome);
    return refuse('quote', data, { message: `${outcome.message} ${outcome.problems.join('; ')}.` });
  },

  accept: async ({ request, locals, params, url }) => {
    if (locals.session === null) return redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
    const data = await request.formData();
    const input = {
      providerId: text(data, 'providerId'),
      coopId: text(data, 'for'),
      quoteId: text(data, 'quoteId'),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(acceptQuote, { input });
    if (outcome.__typename === 'QuoteAccepted')
      return redirect(303, `/${text(data, 'slug')}/exchange/orders/${params.provider}/${outcome.order.id}`);
    const { zone } = await offerOf({ locals, params });
    return refuse('accept', data, onTheWall(zone, outcome));
  },
};

import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { allowancePage, buyCredits } from '#lib/server/documents/allowances.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop } = await rolesOn(event);
  const { all, workshop } = await workshopsOf(event, coop.id);
  const from = (name: string): string | null => event.url.searchParams.get(name);
  const asked = { coopId: coop.id, workshopId: workshop.id, credits: from('credits'), packs: from('packs') };
  const { myAllowance, creditPacks } = await event.locals.api.ask(allowancePage, asked);
  return {
    workshop,
    workshops: all,
    quotas: myAllowance?.quotas ?? [],
    memberClass: myAllowance?.memberClass ?? null,
    credits: myAllowance?.credits.edges.map(({ node }) => node) ?? [],
    olderCredits: myAllowance?.credits.pageInfo.hasNextPage ? myAllowance.credits.pageInfo.endCursor : null,
    packs: creditPacks.edges
      .map(({ node }) => ({ ...node, requestId: randomUUID() }))
      .filter(({ retiredAt }) => retiredAt === null),
    morePacks: creditPacks.pageInfo.hasNextPage ? creditPacks.pageInfo.endCursor : null,
    bought: from('bought') !== null,
  };
};

export const actions: Actions = {
  buy: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = {
      coopId: text(data, 'coopId'),
      packId: text(data, 'packId'),
      // What was shown is what is paid, also when the pack changes meanwhile.
      maxPriceMinor: text(data, 'priceMinor'),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(buyCredits, { input });
    if (outcome.__typename !== 'CreditsBought') return refuse('buy', data, outcome);
    return redirect(303, `/${params.coop}/allowance?bought#credits`);
  },
};

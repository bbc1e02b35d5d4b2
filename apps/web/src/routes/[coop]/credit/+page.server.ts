import { redirect } from '@sveltejs/kit';
import { creditPage, eraseCredit, setCredit } from '#lib/server/documents/credit.ts';
import { memberNames } from '#lib/server/documents/membership.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { nextOf } from '#lib/server/next-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  const after = event.url.searchParams.get('members');
  const [{ myCredit }, listed] = await Promise.all([
    event.locals.api.ask(creditPage, { coopId: coop.id }),
    roles.includes('ADMIN') ? event.locals.api.ask(memberNames, { coopId: coop.id, after }) : null,
  ]);
  const members = listed?.members.edges.map(({ node }) => node) ?? [];
  return {
    credit: myCredit,
    others: members.filter(({ accountId }) => accountId !== myCredit.accountId),
    moreOthers: listed && nextOf(listed.members.pageInfo),
    isAdmin: listed !== null,
    done: event.url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  set: async ({ request, locals, params }) => {
    const data = await request.formData();
    const byName = text(data, 'by') === 'name';
    const input = {
      coopId: text(data, 'coopId'),
      printedName: byName ? text(data, 'printedName') : null,
      understood: text(data, 'understood') === 'yes',
    };
    const outcome = await locals.api.tell(setCredit, { input });
    if (outcome.__typename !== 'CreditSet') return refuse('set', data, outcome);
    return redirect(303, `/${params.coop}/credit?done=set`);
  },
  erase: async ({ request, locals, params }) => {
    const data = await request.formData();
    const form = text(data, 'form');
    if (text(data, 'understood') !== 'yes')
      return refuse(form, data, {
        field: 'understood',
        message: 'Nothing was erased. Say first that it cannot be undone.',
      });
    const input = { coopId: text(data, 'coopId'), accountId: text(data, 'accountId') };
    const outcome = await locals.api.tell(eraseCredit, { input });
    if (outcome.__typename !== 'CreditErased') return refuse(form, data, outcome);
    return redirect(303, `/${params.coop}/credit?done=${form}#${form}`);
  },
};

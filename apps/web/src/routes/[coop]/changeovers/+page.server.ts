import { error } from '@sveltejs/kit';
import { changeoversOfCell, setChangeovers } from '#lib/server/documents/changeovers.ts';
import { setupIn } from '#lib/server/changeover-form.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { roundPlaces } from '#lib/server/round-places.ts';
import { byRow } from '#lib/server/row-refusals.ts';
import { MOST_FAMILIES, followsFrom, setupFields } from '#lib/changeover-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  if (!roles.some((role) => role === 'OPERATOR' || role === 'ADMIN'))
    return error(403, `The changeovers of ${coop.name} are looked after by its operators and admins.`, {
      next: 'What a changeover costs you stands in the price of a time before you hold it.',
    });
  const { cells } = await roundPlaces(event.locals.api, coop.id);
  const asked = event.url.searchParams.get('cell');
  const cell = asked === null ? cells[0] : cells.find(({ id }) => id === asked);
  if (cell === undefined)
    return error(404, asked === null ? 'This co-op has no cell yet.' : 'There is no such cell.');
  const { changeovers } = await event.locals.api.ask(changeoversOfCell, {
    coopId: coop.id,
    cellId: cell.id,
  });
  if (changeovers === null) return error(404, 'There is no such cell.');
  return {
    admin: roles.includes('ADMIN'),
    cells,
    cell,
    families: changeovers.families,
    defaultFamily: changeovers.defaultFamily,
    fits: changeovers.families.length <= MOST_FAMILIES,
    fields: setupFields(changeovers, coop.currency),
    follows: followsFrom(changeovers.inForce, coop.currency),
  };
};

export const actions: Actions = {
  set: async ({ request, locals }) => {
    const data = await request.formData();
    const read = setupIn(data);
    if (read.kind === 'Unreadable') return refuse('changeovers', data, read.fault);
    const input = { coopId: text(data, 'coopId'), cellId: text(data, 'cellId'), ...read.setup };
    const outcome = await locals.api.tell(setChangeovers, { input });
    if (outcome.__typename === 'ChangeoversSet') return { misfits: outcome.misfits };
    const field = outcome.__typename === 'FamiliesInUse' ? { field: 'families' } : {};
    return refuse('changeovers', data, { ...field, ...byRow(outcome, read.sent) });
  },
};

import { error, redirect } from '@sveltejs/kit';
import { setTariff, simulateTariff, tariffPage } from '#lib/server/documents/insights.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { tariffIn } from '#lib/server/tariff-form.ts';
import { fieldsOf, fitsForm } from '#lib/tariff-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  if (!roles.some((role) => role === 'TREASURER' || role === 'ADMIN'))
    return error(403, `The prices of ${coop.name} are set by its treasurers and admins.`, {
      next: 'What a time costs is shown in the calendar before you hold it.',
    });
  const asked = event.url.searchParams.get('cell');
  const { tariff, workshops } = await event.locals.api.ask(tariffPage, { coopId: coop.id, cellId: asked });
  const cells = workshops.edges.flatMap(({ node }) =>
    node.cells.map((cell) => ({ ...cell, zone: node.timeZone })),
  );
  const cell = cells.find(({ id }) => id === asked) ?? null;
  if (tariff === null || (asked !== null && cell === null)) return error(404, 'There is no such cell.');
  return {
    cells,
    cell,
    tariff: tariff.tariff,
    version: tariff.version,
    zone: cell?.zone ?? cells[0]?.zone ?? 'UTC',
    fields: fieldsOf(tariff.tariff),
    fits: fitsForm(tariff.tariff),
    set: event.url.searchParams.get('set') !== null,
  };
};

const typedIn = (data: FormData): Record<string, string> =>
  Object.fromEntries([...data].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));

export const actions: Actions = {
  try: async ({ request, locals }) => {
    const data = await request.formData();
    const read = tariffIn(data);
    if (read.kind === 'Unreadable') return refuse('tariff', data, read.fault);
    const where = { coopId: text(data, 'coopId'), cellId: text(data, 'cellId') || null };
    const { simulateTariff: outcome } = await locals.api.ask(simulateTariff, {
      ...where,
      tariff: read.tariff,
    });
    if (outcome.__typename !== 'TariffSimulation') return refuse('tariff', data, outcome);
    return { trial: outcome, values: typedIn(data) };
  },
  set: async ({ request, locals, params }) => {
    const data = await request.formData();
    const read = tariffIn(data);
    if (read.kind === 'Unreadable') return refuse('tariff', data, read.fault);
    const cellId = text(data, 'cellId') || null;
    const input = { coopId: text(data, 'coopId'), cellId, tariff: read.tariff };
    const outcome = await locals.api.tell(setTariff, { input });
    if (outcome.__typename !== 'TariffSet') return refuse('tariff', data, outcome);
    return redirect(303, `/${params.coop}/prices?set${cellId === null ? '' : `&cell=${cellId}`}`);
  },
};

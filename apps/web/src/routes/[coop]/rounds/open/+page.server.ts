import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { instants, windowOf } from '#lib/server/calendar/picked.ts';
import { openRound } from '#lib/server/documents/rounds.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { roundPlaces } from '#lib/server/round-places.ts';
import { ROUND_ROWS } from '#lib/round-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  if (!roles.some((role) => role === 'OPERATOR' || role === 'ADMIN'))
    return error(403, `Only an operator or admin of ${coop.name} opens rounds.`);
  const { cells } = await roundPlaces(event.locals.api, coop.id);
  return { cells, requestId: randomUUID() };
};

type Read =
  | { readonly windows: { fromAt: string; toAt: string }[] }
  | { readonly field: string; readonly message: string };

/** The rows of slots that were filled in, on the clocks of the cell. */
function slotsIn(data: FormData, zone: string): Read {
  const windows = [];
  for (let row = 0; row < ROUND_ROWS; row += 1) {
    const at = (name: string): string => `${name}.${String(row)}`;
    const day = text(data, at('day'));
    if (day === '') continue;
    const window = windowOf(zone, {
      day,
      start: text(data, at('start')),
      minutes: text(data, at('minutes')),
    });
    if ('message' in window)
      return { field: at(window.field), message: `Slot ${String(row + 1)}: ${window.message}` };
    windows.push(instants(window));
  }
  return { windows };
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const data = await request.formData();
    const coopId = text(data, 'coopId');
    const place = (await roundPlaces(locals.api, coopId)).ofCell(text(data, 'cellId'));
    const day = text(data, 'deadlineDay');
    const deadline = windowOf(place.zone, { day, start: text(data, 'deadlineTime'), minutes: '1' });
    if ('message' in deadline)
      return refuse('open', data, { message: `The deadline: ${deadline.message}`, field: 'deadlineDay' });
    const slots = slotsIn(data, place.zone);
    if ('message' in slots) return refuse('open', data, slots);
    const outcome = await locals.api.tell(openRound, {
      input: {
        ...{ coopId, cellId: text(data, 'cellId'), cap: text(data, 'cap') === '2' ? 2 : 1 },
        ...{
          deadlineAt: instants(deadline).fromAt,
          slots: slots.windows,
          requestId: text(data, 'requestId'),
        },
      },
    });
    if (outcome.__typename === 'RoundOpened')
      return redirect(303, `/${params.coop}/rounds/${outcome.round.id}`);
    return refuse('open', data, outcome);
  },
};

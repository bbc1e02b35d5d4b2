import { randomUUID } from 'node:crypto';
import { error } from '@sveltejs/kit';
import { callOffRound, requestSlots, roundPage, withdrawSlotRequest } from '#lib/server/documents/rounds.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { roundPlaces } from '#lib/server/round-places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop } = await rolesOn(event);
  const after = event.url.searchParams.get('after');
  const [{ round, roundRequests }, places] = await Promise.all([
    event.locals.api.ask(roundPage, { coopId: coop.id, id: event.params.id, after }),
    roundPlaces(event.locals.api, coop.id),
  ]);
  if (round === null) return error(404, `${coop.name} has no such round.`);
  return {
    round,
    place: places.ofCell(round.cellId),
    requests: roundRequests.edges.map(({ node }) => node),
    after: roundRequests.pageInfo.hasNextPage ? roundRequests.pageInfo.endCursor : null,
    exportPath: `/rounds/${coop.id}/${round.id}.json`,
    origin: event.url.origin,
    requestId: randomUUID(),
  };
};

export const actions: Actions = {
  ask: async ({ request, locals, params }) => {
    const data = await request.formData();
    const second = text(data, 'second');
    const input = {
      coopId: text(data, 'coopId'),
      roundId: params.id,
      first: Number(text(data, 'first')),
      second: second === '' ? null : Number(second),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(requestSlots, { input });
    return outcome.__typename === 'SlotsRequested' ? { asked: true } : refuse('ask', data, outcome);
  },
  withdraw: async ({ request, locals, params }) => {
    const data = await request.formData();
    const input = { coopId: text(data, 'coopId'), roundId: params.id };
    const outcome = await locals.api.tell(withdrawSlotRequest, { input });
    return outcome.__typename === 'SlotRequestWithdrawn'
      ? { withdrawn: true }
      : refuse('withdraw', data, outcome);
  },
  callOff: async ({ request, locals, params }) => {
    const data = await request.formData();
    const requestId = text(data, 'requestId');
    const input = { coopId: text(data, 'coopId'), roundId: params.id, requestId };
    const outcome = await locals.api.tell(callOffRound, { input });
    return outcome.__typename === 'RoundCalledOff' ? { calledOff: true } : refuse('callOff', data, outcome);
  },
};

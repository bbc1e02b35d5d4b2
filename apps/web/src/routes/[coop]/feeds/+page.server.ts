import { redirect } from '@sveltejs/kit';
import { createFeed, feedList, revokeFeed, rotateFeed } from '#lib/server/documents/notices.ts';
import { cellList } from '#lib/server/documents/series.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  if (event.locals.session === null)
    return redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname)}`);
  const { coop, me } = await event.parent();
  const { workshop } = await workshopsOf(event, coop.id);
  const [{ myFeeds }, { workshop: floor }] = await Promise.all([
    event.locals.api.ask(feedList, {}),
    event.locals.api.ask(cellList, { coopId: coop.id, id: workshop.id }),
  ]);
  const roles = me?.memberships.find((one) => one.coop.id === coop.id)?.roles ?? [];
  return {
    feeds: myFeeds,
    runsIt: roles.some((role) => role === 'OPERATOR' || role === 'ADMIN'),
    stations: (floor?.cells ?? []).flatMap(({ name, stations }) =>
      stations.map(({ id, number }) => ({ id, name: `${name} ${String(number)}` })),
    ),
  };
};

export const actions: Actions = {
  create: async ({ request, locals }) => {
    const data = await request.formData();
    const stationId = text(data, 'stationId');
    const input = stationId === '' ? {} : { stationId, coopId: text(data, 'coopId') };
    const outcome = await locals.api.tell(createFeed, { input });
    return outcome.__typename === 'FeedCreated' ? { url: outcome.url } : refuse('create', data, outcome);
  },
  rotate: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(rotateFeed, { input: { feedId: text(data, 'feedId') } });
    return outcome.__typename === 'FeedRotated' ? { url: outcome.url } : refuse('feed', data, outcome);
  },
  revoke: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(revokeFeed, { input: { feedId: text(data, 'feedId') } });
    return outcome.__typename === 'FeedRevoked'
      ? { done: 'Revoked: nobody can read it any more.' }
      : refuse('feed', data, outcome);
  },
};

import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { forConsole } from '#lib/server/console-page.ts';
import { lastBatchOfEdition, voidLastBatch } from '#lib/server/documents/voiding.ts';
import { NOT_UNDERSTOOD, refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const above = await rolesOn(event);
  forConsole(above, true);
  const { edition: editionId } = event.params;
  const asked = { coopId: above.coop.id, editionId };
  const { editionAnchorings, lastBatch, batchVoids } = await event.locals.api.ask(lastBatchOfEdition, asked);
  const edition = editionAnchorings.edges[0]?.node;
  if (edition === undefined) return error(404, 'This co-op has no such edition.');
  return {
    edition,
    last: lastBatch,
    voids: batchVoids.edges.map(({ node }) => node),
    requestId: randomUUID(),
  };
};

export const actions: Actions = {
  default: async ({ request, locals, url, params }) => {
    const data = await request.formData();
    if (text(data, 'understood') !== 'yes') return refuse('void', data, NOT_UNDERSTOOD);
    const input = {
      ...{ coopId: text(data, 'coopId'), editionId: params.edition, root: text(data, 'root') },
      ...{ firstSerial: Number(text(data, 'firstSerial')), words: text(data, 'words') },
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(voidLastBatch, { input });
    if (outcome.__typename !== 'LastBatchVoided') return refuse('void', data, outcome);
    return redirect(303, `${url.pathname.slice(0, url.pathname.lastIndexOf('/'))}?saved=voided#state`);
  },
};

import { randomUUID } from 'node:crypto';
import { forConsole } from '#lib/server/console-page.ts';
import { anchoredEditions, repairBatch } from '#lib/server/documents/anchoring.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { nextOf } from '#lib/server/next-page.ts';
import { backTo } from '#lib/server/saved-at.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const above = await rolesOn(event);
  forConsole(above);
  const { searchParams } = event.url;
  const { editionAnchorings } = await event.locals.api.ask(anchoredEditions, {
    coopId: above.coop.id,
    after: searchParams.get('after'),
  });
  return {
    admin: above.roles.includes('ADMIN'),
    editions: editionAnchorings.edges.map(({ node }) => ({ ...node, requestId: randomUUID() })),
    older: nextOf(editionAnchorings.pageInfo),
    saved: searchParams.get('saved'),
  };
};

export const actions: Actions = {
  repair: async ({ request, locals, url }) => {
    const data = await request.formData();
    const input = {
      ...{ coopId: text(data, 'coopId'), batchId: text(data, 'batchId'), words: text(data, 'words') },
      remedy: text(data, 'remedy') === 'ISSUE_ANEW' ? ('ISSUE_ANEW' as const) : ('JUDGE_AGAIN' as const),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(repairBatch, { input });
    return outcome.__typename === 'BatchProposedAgain'
      ? backTo(url, 'editions')
      : refuse('repair', data, outcome);
  },
};

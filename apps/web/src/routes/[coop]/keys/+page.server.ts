import { randomUUID } from 'node:crypto';
import { forConsole } from '#lib/server/console-page.ts';
import { issuerKeys, retireSigner, rotateSigner } from '#lib/server/documents/issuer-keys.ts';
import { NOT_UNDERSTOOD, refuse, text } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { nextOf } from '#lib/server/next-page.ts';
import { backTo } from '#lib/server/saved-at.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const above = await rolesOn(event);
  forConsole(above);
  const { searchParams } = event.url;
  const { keysOfIssuer } = await event.locals.api.ask(issuerKeys, {
    coopId: above.coop.id,
    after: searchParams.get('after'),
  });
  return {
    admin: above.roles.includes('ADMIN'),
    keys: keysOfIssuer.edges.map(({ node }) => ({ ...node, requestId: randomUUID() })),
    newer: nextOf(keysOfIssuer.pageInfo),
    requestId: randomUUID(),
    saved: searchParams.get('saved'),
  };
};

export const actions: Actions = {
  rotate: async ({ request, locals, url }) => {
    const data = await request.formData();
    if (text(data, 'understood') !== 'yes') return refuse('rotate', data, NOT_UNDERSTOOD);
    const input = { coopId: text(data, 'coopId'), requestId: text(data, 'requestId') };
    const outcome = await locals.api.tell(rotateSigner, { input });
    return outcome.__typename === 'SignerRotated' ? backTo(url, 'rotated') : refuse('rotate', data, outcome);
  },
  retire: async ({ request, locals, url }) => {
    const data = await request.formData();
    if (text(data, 'understood') !== 'yes') return refuse('retire', data, NOT_UNDERSTOOD);
    const input = {
      ...{ coopId: text(data, 'coopId'), address: text(data, 'address'), words: text(data, 'words') },
      ...{ atOnce: text(data, 'when') === 'at-once', requestId: text(data, 'requestId') },
    };
    const outcome = await locals.api.tell(retireSigner, { input });
    return outcome.__typename === 'SignerRetired' ? backTo(url, 'retired') : refuse('retire', data, outcome);
  },
};

import { redirect } from '@sveltejs/kit';
import { noticeList, readNotices } from '#lib/server/documents/notices.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { onTheWall } from '#lib/server/on-the-wall.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.session === null) return redirect(303, '/sign-in?next=%2Fnotices');
  const { myNotices } = await locals.api.ask(noticeList, { after: url.searchParams.get('after') });
  const { hasNextPage, endCursor } = myNotices.pageInfo;
  return {
    total: myNotices.unread,
    notices: myNotices.edges.map(({ node }) => ({
      ...node,
      body: onTheWall('UTC', { message: node.body }).message,
    })),
    after: hasNextPage ? endCursor : null,
  };
};

export const actions: Actions = {
  read: async ({ request, locals }) => {
    const data = await request.formData();
    const id = text(data, 'noticeId');
    const input = { noticeIds: id === '' ? null : [id] };
    const outcome = await locals.api.tell(readNotices, { input });
    return outcome.__typename === 'NoticesRead' ? { done: true } : refuse('read', data, outcome);
  },
};

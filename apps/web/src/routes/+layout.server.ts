import { whoIsThere } from '#lib/server/documents/membership.ts';
import { unreadNotices } from '#lib/server/documents/notices.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  if (locals.session === null) return { me: null, unread: 0 };
  const { me } = await locals.api.ask(whoIsThere, {});
  // Only somebody who is there has notices: a page for everybody never asks anybody to sign in for them.
  if (me === null) return { me, unread: 0 };
  const { myNotices } = await locals.api.ask(unreadNotices, {});
  return { me, unread: myNotices.unread };
};

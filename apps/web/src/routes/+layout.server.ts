import { whoIsThere } from '#lib/server/documents/membership.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  if (locals.session === null) return { me: null };
  const { me } = await locals.api.ask(whoIsThere, {});
  return { me };
};

import { error } from '@sveltejs/kit';
import { coopBySlug } from '#lib/server/documents/membership.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
  const { coop } = await locals.api.ask(coopBySlug, { slug: params.coop });
  if (coop === null) return error(404, `No co-op here is called “${params.coop}”.`);
  return { coop };
};

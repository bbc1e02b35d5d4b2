import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { cellChoices } from './documents/rounds.ts';
import { rolesOn } from './member-page.ts';

type Event<P> = Pick<RequestEvent, 'locals' | 'url'> & { readonly parent: () => Promise<P> };

/** What an admin of a co-op can offer on: its kinds of cells and what they are set up for. */
export async function offerSetting<P extends Awaited<ReturnType<Parameters<typeof rolesOn>[0]['parent']>>>(
  event: Event<P>,
) {
  const { coop, roles } = await rolesOn(event);
  if (!roles.includes('ADMIN')) return error(403, `Only an admin of ${coop.name} writes its offers.`);
  const { workshops } = await event.locals.api.ask(cellChoices, { coopId: coop.id });
  const cells = workshops.edges.flatMap(({ node }) => node.cells);
  return {
    coop,
    kinds: [...new Set(cells.map(({ kind }) => kind))].sort(),
    families: [...new Set(cells.flatMap(({ families }) => families))].sort(),
  };
}

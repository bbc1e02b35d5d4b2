import { error } from '@sveltejs/kit';
import { quotaPage } from '#lib/server/documents/quotas.ts';
import { nextOf } from '#lib/server/next-page.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { quotaActions } from '#lib/server/quota-actions.ts';
import { roundPlaces } from '#lib/server/round-places.ts';
import { quotaFields } from '#lib/quota-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  if (!roles.some((role) => role === 'TREASURER' || role === 'ADMIN'))
    return error(403, `The quotas and packs of ${coop.name} are set by its treasurers and admins.`, {
      next: 'What you may still book stands under hours and credits.',
    });
  const from = (name: string): string | null => event.url.searchParams.get(name);
  const asked = { coopId: coop.id, packs: from('packs'), members: from('members') };
  const [{ quotas, creditPacks, members }, { cells }] = await Promise.all([
    event.locals.api.ask(quotaPage, asked),
    roundPlaces(event.locals.api, coop.id),
  ]);
  const rules = quotas.edges.map(({ node }) => node);
  // A rule may be about a kind that no cell has (any more): the form must not make another of it.
  const kinds = [...cells.map(({ kind }) => kind), ...rules.flatMap(({ cellKind }) => cellKind ?? [])];
  return {
    admin: roles.includes('ADMIN'),
    kinds: [...new Set(kinds)].sort(),
    quotas: rules,
    fields: quotaFields(rules),
    packs: creditPacks.edges.map(({ node }) => node),
    morePacks: nextOf(creditPacks.pageInfo),
    members: members.edges.map(({ node }) => node),
    moreMembers: nextOf(members.pageInfo),
    page: from('members'),
    saved: from('saved'),
  };
};

export const actions: Actions = quotaActions;

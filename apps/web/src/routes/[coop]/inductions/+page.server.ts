import { inductionPage } from '#lib/server/documents/inductions.ts';
import { memberNames } from '#lib/server/documents/membership.ts';
import { inductionActions } from '#lib/server/induction-actions.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { nextOf } from '#lib/server/next-page.ts';
import { roundPlaces } from '#lib/server/round-places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  const from = (name: string): string | null => event.url.searchParams.get(name);
  const gives = roles.some((role) => role === 'OPERATOR' || role === 'ADMIN');
  const asked = { coopId: coop.id, accountId: gives ? from('member') : null, after: from('after') };
  const [{ inductionRequirements, inductions }, { cells }, chosen] = await Promise.all([
    event.locals.api.ask(inductionPage, asked),
    roundPlaces(event.locals.api, coop.id),
    gives
      ? event.locals.api.ask(memberNames, { coopId: coop.id, after: from('members') })
      : Promise.resolve(null),
  ]);
  const required = new Map(inductionRequirements.map(({ cellKind, howToGet }) => [cellKind, howToGet]));
  const kinds = [...new Set([...cells.map(({ kind }) => kind), ...required.keys()])].sort();
  return {
    admin: roles.includes('ADMIN'),
    gives,
    zone: cells[0]?.zone ?? 'UTC',
    kinds: kinds.map((kind) => ({ kind, howToGet: required.get(kind) ?? null })),
    inductions: inductions.edges.map(({ node }) => ({
      ...node,
      state:
        node.revokedAt !== null
          ? ('withdrawn' as const)
          : node.validUntil !== null && Date.parse(node.validUntil) <= Date.now()
            ? ('over' as const)
            : ('counts' as const),
    })),
    older: nextOf(inductions.pageInfo),
    only: asked.accountId,
    members: chosen?.members.edges.map(({ node }) => node) ?? [],
    moreMembers: chosen === null ? null : nextOf(chosen.members.pageInfo),
    membersFrom: from('members'),
    saved: from('saved'),
  };
};

export const actions: Actions = inductionActions;

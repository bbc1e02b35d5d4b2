import { error } from '@sveltejs/kit';

/** Lets operators and admins on to a page about what a co-op has on chain; others are told whose page it is. */
export function forConsole(
  { coop, roles }: { readonly coop: { readonly name: string }; readonly roles: readonly string[] },
  adminsOnly = false,
): void {
  const allowed = roles.includes('ADMIN') || (!adminsOnly && roles.includes('OPERATOR'));
  if (allowed) return;
  const who = adminsOnly ? 'its admins' : 'its operators and admins';
  error(403, `This page of ${coop.name} is for ${who}.`, {
    next: 'What anybody may know of a piece stands on its verification page.',
  });
}

import { ROLES, type Role } from '../platform/auth/index.js';

/** What to answer to an empty set of roles. */
export const ROLES_FAULT = 'A member has at least one role. Choose one, or remove the member.';

/** Each given role once, in the order of ROLES; null when there is none. */
export function roleSet(roles: readonly Role[]): Role[] | null {
  const set = ROLES.filter((role) => roles.includes(role));
  return set.length === 0 ? null : set;
}

/** True when nobody but `accountId` is an admin among `members`. */
export function isLastAdmin(
  members: readonly { readonly accountId: string; readonly roles: readonly Role[] }[],
  accountId: string,
): boolean {
  const admins = members.filter((member) => member.roles.includes('admin'));
  return admins.length === 1 && admins[0]?.accountId === accountId;
}

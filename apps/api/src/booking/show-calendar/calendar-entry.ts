import type { OccupiedWindow } from '../occupancy.repository.js';
import type { BookingOrigin } from '../booking.types.js';
import type { CalendarEntry } from './show-calendar.types.js';

/** Who looks, and whether they run the workshop and so may see names. */
export interface Viewer {
  readonly accountId: string;
  readonly seesAll: boolean;
}

/** A claim as this viewer may see it: the one place that decides, for the calendar and for what changes in it. */
export function entryOf(
  claim: OccupiedWindow,
  viewer: Viewer,
  names: ReadonlyMap<string, string>,
): CalendarEntry {
  const mine = claim.accountId === viewer.accountId;
  const shown = mine || viewer.seesAll;
  return {
    bookingId: shown ? claim.bookingId : null,
    mine,
    state: claim.state,
    fromAt: new Date(claim.fromAt),
    toAt: new Date(claim.toAt),
    changeoverFromAt: claim.claimFromAt < claim.fromAt ? new Date(claim.claimFromAt) : null,
    changeoverMinutes: claim.changeoverMinutes,
    family: claim.family,
    origin: claim.origin as BookingOrigin,
    label: shown ? labelOf(claim, mine, names) : null,
    expiresAt: claim.expiresAt === null ? null : new Date(claim.expiresAt),
  };
}

function labelOf(
  { accountId, origin }: OccupiedWindow,
  mine: boolean,
  names: ReadonlyMap<string, string>,
): string {
  if (accountId === null) return origin === 'service_order' ? 'Service order' : 'Production run';
  return names.get(accountId) ?? (mine ? 'Yours' : 'A former member');
}

import {
  MINUTE_MS,
  clip,
  gridWindows,
  isInstant,
  windowMinutes,
  type WaitingWish,
} from '@touchmark/calendar';
import type { LockedCell } from '../../claims/locked-cell.js';
import { horizonOf } from '../../hold-slot/refusals.js';
import { WishInvalid, type JoinWaitingListInput } from './join-waiting-list.types.js';

type Wish = Omit<WaitingWish, 'id' | 'turn'> & { readonly maxPriceMinor: bigint | null };

/** A wish as it was put into words; the family is decided apart. */
export function wishOf(input: JoinWaitingListInput, family: string | null): Wish {
  return {
    ...{ family, minutes: input.minutes, leastMinutes: input.leastMinutes ?? input.minutes },
    ...{ earliestAt: input.earliestAt.getTime(), latestAt: input.latestAt.getTime() },
    maxPriceMinor: input.maxPriceMinor ?? null,
  };
}

/** Refuses a wish that no time will ever fulfil. */
export function refuseWish(cell: LockedCell, wish: Wish): WishInvalid | null {
  return refuseLength(cell, wish) ?? refuseRange(cell, wish) ?? refuseHours(cell, wish);
}

function refuseLength(
  { facts }: LockedCell,
  { minutes, leastMinutes, maxPriceMinor }: Wish,
): WishInvalid | null {
  const { gridMinutes, maxMinutes } = facts;
  const steps = [minutes, leastMinutes].every((length) => length > 0 && length % gridMinutes === 0);
  if (!steps) {
    const message = `Wish for whole steps of ${String(gridMinutes)} minutes, at least one of them.`;
    return new WishInvalid('OFF_GRID', message);
  }
  if (minutes > maxMinutes) {
    const message = `You wish for ${String(minutes)} minutes; the longest booking here has ${String(maxMinutes)}.`;
    return new WishInvalid('TOO_LONG', message);
  }
  if (leastMinutes > minutes) {
    return new WishInvalid(
      'LEAST',
      'The least that you would take is more than what you wish for. Lower it.',
    );
  }
  return maxPriceMinor !== null && maxPriceMinor < 0n
    ? new WishInvalid('PRICE', 'The highest price is below zero. Raise it or leave it out.')
    : null;
}

function refuseRange(cell: LockedCell, { earliestAt, latestAt, minutes }: Wish): WishInvalid | null {
  const now = cell.now.getTime();
  if (!isInstant(earliestAt) || !isInstant(latestAt) || latestAt - earliestAt < minutes * MINUTE_MS) {
    const message = `Between the earliest start and the latest end there must be ${String(minutes)} minutes or more.`;
    return new WishInvalid('RANGE_TOO_SHORT', message);
  }
  if (latestAt - minutes * MINUTE_MS < now) {
    return new WishInvalid(
      'PAST',
      'There is not enough time left before the latest end. Choose a later one.',
    );
  }
  return latestAt > horizonOf(cell)
    ? new WishInvalid(
        'BEYOND_HORIZON',
        'The latest end is further ahead than one may book. Choose an earlier one.',
      )
    : null;
}

function refuseHours(cell: LockedCell, { earliestAt, latestAt, leastMinutes }: Wish): WishInvalid | null {
  const range = { fromAt: Math.max(earliestAt, cell.now.getTime()), toAt: latestAt };
  const isOpen = cell.stations.some(({ open }) =>
    open.some((hours) => {
      const part = clip(hours, range);
      if (part === null || windowMinutes(part) < leastMinutes) return false;
      const { timeZone, gridMinutes } = cell.facts;
      return gridWindows(timeZone, gridMinutes, [part]).some((own) => windowMinutes(own) >= leastMinutes);
    }),
  );
  return isOpen
    ? null
    : new WishInvalid(
        'NEVER_OPEN',
        'No station is open that long in the time that you wish for. Choose another time.',
      );
}

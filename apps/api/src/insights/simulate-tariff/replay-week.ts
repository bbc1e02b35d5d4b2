import { clip, DAY_MS, dayWindow, MINUTE_MS, totalMinutes, type Window } from '@touchmark/calendar';
import { NO_TARIFF, quotePrice, utilisationWhenMade, type Tariff } from '@touchmark/pricing';
import type { StationHours } from '../../booking/index.js';
import type { PastClaim, PricedCell } from '../workshop-use.repository.js';
import type { Tally } from './tally.js';

/** One week of a cell to be priced again; `monday` counts days from 1970-01-01. */
export interface WeekToReplay {
  readonly zone: string;
  readonly cell: PricedCell;
  readonly hours: StationHours;
  readonly monday: number;
  /** What is simulated: bookings that start in it count. */
  readonly range: Window;
  readonly claims: readonly PastClaim[];
  readonly tariff: Tariff;
}

const within = (windows: readonly Window[], bounds: Window): Window[] =>
  windows.map((window) => clip(window, bounds)).filter((part) => part !== null);

/** Prices the member bookings of a week again, day by day, and adds them to the tally. */
export function replayWeek(week: WeekToReplay, tally: Tally): void {
  const { zone, cell, hours, monday, range, claims } = week;
  const weekOf = new Date(monday * DAY_MS).toISOString().slice(0, 10);
  const open = cell.stationIds.flatMap((stationId) => hours.of(cell.id, stationId));
  for (let day = monday; day < monday + 7; day += 1) {
    const whole = dayWindow(zone, day);
    const counted = clip(whole, range);
    if (counted === null) continue;
    tally.addMinutes(weekOf, totalMinutes(within(claims, counted)), totalMinutes(within(open, counted)));
    for (const [claim, utilisation] of startedOn(whole, claims, totalMinutes(within(open, whole)))) {
      const { accountId, fromAt } = claim;
      if (accountId === null || fromAt < range.fromAt || fromAt >= range.toAt) continue;
      const memberClass = claim.memberClass ?? 'standard';
      const thenMinor = priceAgain(week, claim, memberClass, utilisation);
      tally.addBooking(weekOf, { accountId, memberClass, nowMinor: BigInt(claim.priceMinor), thenMinor });
    }
  }
}

/** The claims that start on a day, each with how full that day was when it was made. */
function startedOn(day: Window, claims: readonly PastClaim[], openMinutes: number): [PastClaim, number][] {
  const made = claims.flatMap((claim) => {
    const part = clip(claim, day);
    return part === null ? [] : [{ id: claim.id, madeAt: claim.madeAt, minutes: totalMinutes([part]) }];
  });
  const seen = utilisationWhenMade(made, openMinutes);
  return claims
    .filter(({ fromAt }) => day.fromAt <= fromAt && fromAt < day.toAt)
    .map((claim) => [claim, seen.get(claim.id) ?? 0]);
}

function priceAgain(
  { tariff, zone, cell }: WeekToReplay,
  claim: PastClaim,
  memberClass: string,
  utilisationPercent: number,
): bigint {
  const { totalMinor } = quotePrice({
    tariff: { ...tariff, changeover: NO_TARIFF.changeover },
    hourlyRateMinor: BigInt(cell.hourlyRateMinor),
    window: { fromAt: claim.fromAt, toAt: claim.toAt },
    zone,
    utilisationPercent,
    leadMinutes: Math.max(0, Math.floor((claim.fromAt - claim.madeAt) / MINUTE_MS)),
    buyer: { kind: 'member', class: memberClass },
    marginal: { minutes: 0, costMinor: 0n },
    creditMinutes: claim.creditMinutes,
  });
  // What a changeover cost its booking stands: which neighbours it had then is not known any more.
  const withChangeover = totalMinor + BigInt(claim.changeoverMinor);
  return withChangeover < 0n ? 0n : withChangeover;
}

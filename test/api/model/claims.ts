import { minuteOf, wallOf, type Minute } from './calendar.js';
import {
  ModelDiffersError,
  must,
  prepaidIn,
  type Action,
  type Asked,
  type Outcome,
  type ShownBooking,
} from './history.js';
import { placesFor } from './places.js';
import { lookOver } from './queue.js';
import { nobodyJumps } from './waiting.js';
import type { ModelCell, ModelClaim, World } from './world.js';

const WEEK = 7 * 1440;

/** The same time on the wall some weeks on. */
function weeksOn(minute: Minute, weeks: number): Minute {
  const later = minute + weeks * WEEK;
  return later - (wallOf(later) - wallOf(minute) - weeks * WEEK);
}

function placedBest(places: ReadonlyMap<string, number>, stationId: string, happened: Asked): void {
  const least = Math.min(...places.values());
  must(places.get(stationId) === least, 'Put where it causes more changeover than elsewhere', happened);
}

function bookingOf(outcome: Outcome, happened: Asked): ShownBooking {
  if (outcome.booking === undefined) throw new ModelDiffersError('A success without its booking', happened);
  return outcome.booking;
}

/** What nobody may have got against the queue, the claims of others, or a quota. */
function rightfully(world: World, cell: ModelCell, claims = 1): void {
  world.look('stolen holds', claims);
  if (world.rules.weekly.has(cell.kind)) world.look('overdrawn quotas', claims);
}

interface Made extends Pick<ModelClaim, 'accountId' | 'origin'> {
  readonly useCredits: boolean;
  readonly extended?: boolean;
}

/** A claim came about; it has as many prepaid minutes as its member had left for it. */
function add(world: World, booking: ShownBooking, cell: ModelCell, made: Made, happened: Asked): void {
  const [from, to] = [minuteOf(booking.fromAt), minuteOf(booking.toAt)];
  const { accountId, origin, useCredits, extended = false } = made;
  const credits = world.creditsOf(accountId);
  const prepaid = useCredits ? credits.payable(to - from, from) : 0;
  world.look('overdrawn credits');
  must(prepaidIn(booking) === prepaid, `Prepaid other than ${String(prepaid)} minutes`, happened);
  // What a series booked may have ended by the time it is read, but it began as a booking.
  const confirmed = origin === 'series' || booking.state === 'CONFIRMED';
  world.add({
    ...{ id: booking.id, cellId: cell.cellId, stationId: booking.station.id, family: booking.family },
    ...{ from, to, accountId, origin, extended, prepaid: prepaid > 0, work: 'not begun' },
    state: confirmed ? 'confirmed' : 'held',
    expiresAt: confirmed || booking.expiresAt === null ? null : Date.parse(booking.expiresAt),
  });
  credits.use(booking.id, prepaid, from);
}

export function hold(world: World, happened: Asked, action: Extract<Action, { kind: 'hold' }>): void {
  const { outcome, now, accountId } = happened;
  const cell = world.cell(action.cellId);
  const family = action.family ?? cell.defaultFamily;
  const places = placesFor(world, cell, action, family, now, action.stationId);
  const why: Readonly<Record<string, boolean>> = {
    SlotTaken: places.size === 0,
    OutsideOpeningHours: places.size === 0,
    WindowInPast: action.from * 60_000 < now,
    HoldLimitReached: world.liveHoldsOf(accountId, now) >= world.rules.holdLimit,
    QuotaExceeded: world.overQuota(accountId, cell, action, now),
  };
  if (outcome.__typename !== 'SlotHeld') {
    must(why[outcome.__typename] === true, 'Refused for nothing', happened);
    return;
  }
  const against = Object.keys(why).filter((kind) => why[kind] === true);
  must(against.length === 0, `Held against ${against.join()}`, happened);
  const booking = bookingOf(outcome, happened);
  placedBest(places, booking.station.id, happened);
  nobodyJumps(world, cell, happened);
  rightfully(world, cell);
  add(world, booking, cell, { accountId, origin: 'member', useCredits: action.useCredits }, happened);
}

/** A claim that may go elsewhere: a hold that lives, or a booking on which nothing has begun. */
function isMovable(world: World, claim: ModelClaim, now: number): boolean {
  if (!world.isLive(claim, now)) return false;
  return claim.state === 'held' || (claim.work === 'not begun' && now < claim.from * 60_000);
}

export function reschedule(
  world: World,
  happened: Asked,
  action: Extract<Action, { kind: 'reschedule' }>,
): void {
  const { now, outcome, accountId } = happened;
  const old = world.mustHave(action.bookingId);
  const cell = world.cell(old.cellId);
  if (outcome.__typename === 'BookingRescheduled') nobodyJumps(world, cell, happened);
  const movable = isMovable(world, old, now) && action.from * 60_000 >= now;
  // The old one goes first: the new one may overlap it.
  const places = movable
    ? world.without(old, () =>
        world.overQuota(accountId, cell, action, now)
          ? new Map<string, number>()
          : placesFor(world, cell, action, old.family, now),
      )
    : new Map<string, number>();
  if (outcome.__typename !== 'BookingRescheduled') {
    must(places.size === 0, 'Refused for nothing', happened);
    return;
  }
  must(places.size > 0, 'Rescheduled although it should be refused', happened);
  const booking = bookingOf(outcome, happened);
  placedBest(places, booking.station.id, happened);
  rightfully(world, cell);
  world.end(old, 'moved');
  const { origin, extended, prepaid: useCredits } = old;
  add(world, booking, cell, { accountId, origin, extended, useCredits }, happened);
  lookOver(world, cell.cellId, now);
}

export function series(world: World, happened: Asked, action: Extract<Action, { kind: 'series' }>): void {
  const { outcome, now, accountId } = happened;
  const { useCredits } = action;
  const cell = world.cell(action.cellId);
  const family = action.family ?? cell.defaultFamily;
  const windows = Array.from({ length: action.weeks }, (_, week) => ({
    from: weeksOn(action.from, week),
    to: weeksOn(action.to, week),
  }));
  const fits = windows.every((window) => placesFor(world, cell, window, family, now).size > 0);
  const over = windows.some((window) => world.overQuota(accountId, cell, window, now));
  const past = action.from * 60_000 < now;
  if (outcome.__typename !== 'SeriesBooked') {
    must(!fits || over || past, 'The series was refused for nothing', happened);
    return;
  }
  must(fits && !over && !past, 'The series was booked although it should be refused', happened);
  must(outcome.series?.bookings.length === windows.length, 'A series without all its bookings', happened);
  nobodyJumps(world, cell, happened);
  rightfully(world, cell, windows.length);
  for (const booking of outcome.series?.bookings ?? []) {
    const window = { from: minuteOf(booking.fromAt), to: minuteOf(booking.toAt) };
    const places = placesFor(world, cell, window, family, now, booking.station.id);
    must(places.size > 0, 'An occurrence that does not fit', happened);
    add(world, booking, cell, { accountId, origin: 'series', useCredits }, happened);
  }
}

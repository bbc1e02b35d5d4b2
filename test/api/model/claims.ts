import { minuteOf, wallOf, type Minute } from './calendar.js';
import {
  ModelDiffersError,
  must,
  type Action,
  type Asked,
  type Outcome,
  type ShownBooking,
} from './history.js';
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

function add(
  world: World,
  booking: ShownBooking,
  cell: ModelCell,
  accountId: string,
  origin: ModelClaim['origin'],
  extended = false,
): void {
  world.add({
    ...{ id: booking.id, cellId: cell.cellId, stationId: booking.station.id, family: booking.family },
    ...{ from: minuteOf(booking.fromAt), to: minuteOf(booking.toAt), accountId, origin, extended },
    state: booking.state === 'CONFIRMED' ? 'confirmed' : 'held',
    expiresAt: booking.expiresAt === null ? null : Date.parse(booking.expiresAt),
  });
}

export function hold(world: World, happened: Asked, action: Extract<Action, { kind: 'hold' }>): void {
  const { outcome, now, accountId } = happened;
  const cell = world.cell(action.cellId);
  const family = action.family ?? cell.defaultFamily;
  const places = world.placesFor(cell, action, family, now, action.stationId);
  const past = action.from * 60_000 < now;
  const atLimit = world.liveHoldsOf(accountId, now) >= world.rules.holdLimit;
  const over = world.overQuota(accountId, cell, action, now);
  const why: Readonly<Record<string, boolean>> = {
    SlotTaken: places.size === 0,
    OutsideOpeningHours: places.size === 0,
    WindowInPast: past,
    HoldLimitReached: atLimit,
    QuotaExceeded: over,
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
  add(world, booking, cell, accountId, 'member');
}

export function change(
  world: World,
  happened: Asked,
  kind: 'extend' | 'confirm' | 'release' | 'cancel',
  id: string,
): void {
  const { now, outcome } = happened;
  const claim = world.mustHave(id);
  const live = world.isLive(claim, now);
  const held = claim.state === 'held' && live;
  const allowed = {
    extend: held && !claim.extended && claim.origin === 'member',
    confirm: held && now < claim.to * 60_000,
    release: held,
    cancel: claim.state === 'confirmed' && now < claim.from * 60_000,
  }[kind];
  const done = {
    extend: 'HoldExtended',
    confirm: 'BookingConfirmed',
    release: 'HoldReleased',
    cancel: 'BookingCancelled',
  };
  const accepted = outcome.__typename === done[kind];
  if (held) world.look('lost holds');
  must(
    accepted === allowed,
    accepted ? 'Accepted although it should be refused' : 'Refused for nothing',
    happened,
  );
  if (!accepted) return;
  if (kind === 'extend') {
    claim.extended = true;
    claim.expiresAt = (claim.expiresAt ?? 0) + 15 * 60_000;
    must(
      outcome.booking?.expiresAt === new Date(claim.expiresAt).toISOString(),
      'Extended to another time',
      happened,
    );
  } else if (kind === 'confirm') {
    claim.state = 'confirmed';
    const wish = world.wishes.find(({ bookingId }) => bookingId === id);
    if (wish) wish.state = 'taken';
  } else {
    claim.state = kind === 'release' ? 'released' : 'cancelled';
    lookOver(world, claim.cellId, now);
  }
}

export function reschedule(
  world: World,
  happened: Asked,
  action: Extract<Action, { kind: 'reschedule' }>,
): void {
  const { now, outcome, accountId } = happened;
  const old = world.mustHave(action.bookingId);
  const cell = world.cell(old.cellId);
  const movable = world.isLive(old, now) && (old.state === 'held' || now < old.from * 60_000);
  const before = old.state;
  if (outcome.__typename === 'BookingRescheduled') nobodyJumps(world, cell, happened);
  // The old one goes first: the new one may overlap it.
  if (movable) old.state = 'moved';
  const places = world.placesFor(cell, action, old.family, now);
  const over = world.overQuota(accountId, cell, action, now);
  const allowed = movable && places.size > 0 && !over && action.from * 60_000 >= now;
  if (outcome.__typename !== 'BookingRescheduled') {
    old.state = before;
    must(!allowed, 'Refused for nothing', happened);
    return;
  }
  must(allowed, 'Rescheduled although it should be refused', happened);
  const booking = bookingOf(outcome, happened);
  placedBest(places, booking.station.id, happened);
  rightfully(world, cell);
  add(world, booking, cell, accountId, old.origin, old.extended);
  lookOver(world, cell.cellId, now);
}

export function series(world: World, happened: Asked, action: Extract<Action, { kind: 'series' }>): void {
  const { outcome, now, accountId } = happened;
  const cell = world.cell(action.cellId);
  const family = action.family ?? cell.defaultFamily;
  const windows = Array.from({ length: action.weeks }, (_, week) => ({
    from: weeksOn(action.from, week),
    to: weeksOn(action.to, week),
  }));
  const fits = windows.every((window) => world.placesFor(cell, window, family, now).size > 0);
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
    must(
      world.placesFor(cell, window, family, now, booking.station.id).size > 0,
      'An occurrence that does not fit',
      happened,
    );
    add(world, booking, cell, accountId, 'series');
  }
}

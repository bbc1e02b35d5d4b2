import { must, type Asked, type Change, type Noted } from './history.js';
import { lookOver } from './queue.js';
import type { ModelClaim, World } from './world.js';

const MINUTE_MS = 60_000;
const NO_SHOW_AFTER = 15 * MINUTE_MS;
const CHECK_IN_EARLY = 15 * MINUTE_MS;
const EXTRA = 15 * MINUTE_MS;

const DONE: Readonly<Record<Change, string>> = {
  extend: 'HoldExtended',
  confirm: 'BookingConfirmed',
  release: 'HoldReleased',
  cancel: 'BookingCancelled',
  noShow: 'NoShowMarked',
};

function allows(world: World, claim: ModelClaim, kind: Change, now: number): boolean {
  const held = claim.state === 'held' && world.isLive(claim, now);
  const stands = claim.state === 'confirmed' && claim.work === 'not begun';
  switch (kind) {
    case 'extend':
      return held && !claim.extended && claim.origin === 'member';
    case 'confirm':
      return held && now < claim.to * MINUTE_MS;
    case 'release':
      return held;
    case 'cancel':
      return stands && now < claim.from * MINUTE_MS;
    case 'noShow':
      return stands && now >= claim.from * MINUTE_MS + NO_SHOW_AFTER;
  }
}

export function change(world: World, happened: Asked, kind: Change, id: string): void {
  const { now, outcome } = happened;
  const claim = world.mustHave(id);
  const accepted = outcome.__typename === DONE[kind];
  if (claim.state === 'held' && world.isLive(claim, now)) world.look('lost holds');
  must(
    accepted === allows(world, claim, kind, now),
    accepted ? 'Accepted although it should be refused' : 'Refused for nothing',
    happened,
  );
  if (!accepted) return;
  switch (kind) {
    case 'extend': {
      claim.extended = true;
      claim.expiresAt = (claim.expiresAt ?? 0) + EXTRA;
      const until = new Date(claim.expiresAt).toISOString();
      must(outcome.booking?.expiresAt === until, 'Extended to another time', happened);
      break;
    }
    case 'confirm':
      claim.state = 'confirmed';
      break;
    case 'release':
    case 'cancel':
    case 'noShow':
      claim.excused = world.station(claim.stationId).open.isClosedIn(claim);
      world.end(claim, ({ release: 'released', cancel: 'cancelled', noShow: 'no_show' } as const)[kind]);
      lookOver(world, claim.cellId, now);
  }
}

/** What the product noted of itself, or of work that began or was done. */
export function noted(world: World, happened: Noted): void {
  const { kind, now, bookingId } = happened;
  const claim = world.mustHave(bookingId);
  switch (kind) {
    case 'lapsed':
      must(claim.state === 'held' && !world.isLive(claim, now), 'Ended a hold that was not over', happened);
      world.look('lost holds');
      world.end(claim, 'lapsed');
      break;
    case 'checked_in':
      must(
        claim.state === 'confirmed' &&
          claim.work === 'not begun' &&
          now >= claim.from * MINUTE_MS - CHECK_IN_EARLY,
        'Work began on what it may not begin on',
        happened,
      );
      claim.work = 'begun';
      break;
    case 'checked_out':
      must(claim.work === 'begun', 'Work was done that had not begun', happened);
      claim.work = 'done';
  }
}

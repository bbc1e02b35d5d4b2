import type { Window } from '../window.js';

/** The window of a hold or booking on a station and what the station is set up for in it; `expiresAt` null: confirmed. */
export interface StationClaim extends Window {
  readonly id: string;
  readonly family: string | null;
  readonly expiresAt: number | null;
}

/** A station as far as it was loaded, all instants in epoch milliseconds. */
export interface StationTimeline {
  readonly stationId: string;
  /** Its number in the cell, for people. */
  readonly number: number;
  /** When the station is open: sorted windows that neither overlap nor touch. */
  readonly open: readonly Window[];
  /** From when on `open` is known, closed time included; without it, from the first open window on. */
  readonly knownFromAt?: number;
  /** What the last claim before the loaded ones set the station up for; null when there is none. */
  readonly familyBefore: string | null;
  /** When the window of that claim ends; null when there is none. */
  readonly busyUntil: number | null;
  /** In any order; dead holds may be among them. */
  readonly claims: readonly StationClaim[];
}

/** True for a booking, and for a hold until the very moment it lapses (now >= expiresAt is dead). */
export function isLive({ expiresAt }: { readonly expiresAt: number | null }, now: number): boolean {
  return expiresAt === null || now < expiresAt;
}

/** The claims that are alive now, by start. */
export function liveInOrder({ claims }: StationTimeline, now: number): StationClaim[] {
  return claims.filter((claim) => isLive(claim, now)).sort((a, b) => a.fromAt - b.fromAt);
}

/** From when on the hours of a station are known. */
export function knownFrom({ knownFromAt, open }: StationTimeline): number {
  return knownFromAt ?? open[0]?.fromAt ?? Infinity;
}

/** What stands on a station before a moment: the family it leaves set up and the end of its window. */
export interface Before {
  readonly id: string | null;
  readonly family: string | null;
  /** -Infinity when nothing ever stood there. */
  readonly endsAt: number;
}

/** The neighbours of a place on a station. */
export interface Neighbours {
  readonly before: Before;
  readonly after: StationClaim | null;
}

/** What stands on a station before all the loaded claims. */
export function beforeAll({ familyBefore, busyUntil }: StationTimeline): Before {
  return { id: null, family: familyBefore, endsAt: busyUntil ?? -Infinity };
}

/** A claim as what stands before its successor. */
export function asBefore({ id, family, toAt }: StationClaim): Before {
  return { id, family, endsAt: toAt };
}

/** The live claims on both sides of an instant, in one pass; `except` is left out, a claim that starts then is after it. */
export function neighboursAt(
  timeline: StationTimeline,
  at: number,
  now: number,
  except: string | null = null,
): Neighbours {
  let last: StationClaim | null = null;
  let next: StationClaim | null = null;
  for (const claim of timeline.claims) {
    if (claim.id === except || !isLive(claim, now)) continue;
    if (claim.fromAt < at) {
      if (!last || claim.fromAt > last.fromAt) last = claim;
    } else if (!next || claim.fromAt < next.fromAt) next = claim;
  }
  return { before: last ? asBefore(last) : beforeAll(timeline), after: next };
}

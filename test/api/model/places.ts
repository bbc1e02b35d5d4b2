import { overlap, type Span } from './calendar.js';
import type { ModelCell, ModelClaim, World } from './world.js';

/** What the changeovers of the station grow by when this window is put there; null when it does not fit. */
export function marginalOn(
  world: World,
  cell: ModelCell,
  stationId: string,
  window: Span,
  family: string | null,
  now: number,
): number | null {
  const { open } = world.station(stationId);
  if (open.in(window) < window.to - window.from) return null;
  const live = world.liveOn(stationId, now);
  if (live.some((claim) => overlap(claim, window))) return null;
  const before = live.findLast((claim) => claim.to <= window.from);
  const after = live.find((claim) => claim.from >= window.to);
  const lead = before ? world.minutesBetween(cell, before.family, family) : 0;
  const tail = after ? world.minutesBetween(cell, family, after.family) : 0;
  // A changeover cannot have begun already.
  const floor = before && lead > 0 ? Math.max(before.to, Math.ceil(now / 60_000)) : (before?.to ?? 0);
  if (before && open.in({ from: floor, to: window.from }) < lead) return null;
  // Whatever is between it and any other before it may be taken out.
  const clear = (claim: ModelClaim): boolean =>
    open.in({ from: claim.to, to: window.from }) >= world.minutesBetween(cell, claim.family, family);
  if (!live.every((claim) => claim.to > window.from || clear(claim))) return null;
  if (after && open.in({ from: window.to, to: after.from }) < tail) return null;
  return lead + tail - (before && after ? world.minutesBetween(cell, before.family, after.family) : 0);
}

/** The stations on which the window fits, each with what it adds to the changeovers. */
export function placesFor(
  world: World,
  cell: ModelCell,
  window: Span,
  family: string | null,
  now: number,
  stationId: string | null = null,
): Map<string, number> {
  const places = new Map<string, number>();
  for (const id of stationId === null ? cell.stationIds : [stationId]) {
    const marginal = marginalOn(world, cell, id, window, family, now);
    if (marginal !== null) places.set(id, marginal);
  }
  return places;
}

import type { Span } from './calendar.js';
import { placesFor } from './places.js';
import type { ModelCell, ModelWish, World } from './world.js';

/** The longest windows that the cell has for a wish now. */
export function windowsFor(world: World, cell: ModelCell, wish: ModelWish, now: number): Span[] {
  const earliest = Math.max(wish.earliest, Math.ceil(now / 60_000));
  const first = Math.ceil(earliest / cell.gridMinutes) * cell.gridMinutes;
  for (let { minutes } = wish; minutes >= wish.leastMinutes; minutes -= cell.gridMinutes) {
    const found: Span[] = [];
    for (let from = first; from + minutes <= wish.latest; from += cell.gridMinutes) {
      const window = { from, to: from + minutes };
      if (placesFor(world, cell, window, wish.family, now).size > 0) found.push(window);
    }
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether the member could take any hold of this wish: below the limit of holds, and with quota left. */
export function mayTake(world: World, cell: ModelCell, wish: ModelWish, now: number): boolean {
  const { accountId, earliest: from, leastMinutes } = wish;
  if (world.liveHoldsOf(accountId, now) >= world.rules.holdLimit) return false;
  return !world.overQuota(accountId, cell, { from, to: from + leastMinutes }, now);
}

/** Whether the wish can be served now. */
export function takes(world: World, cell: ModelCell, wish: ModelWish, now: number): boolean {
  if (!mayTake(world, cell, wish, now)) return false;
  return windowsFor(world, cell, wish, now).length > 0;
}

/** Capacity came back to a cell: who cannot take any of it now is passed over until the next time. */
export function lookOver(world: World, cellId: string, now: number): void {
  const cell = world.cell(cellId);
  for (const wish of world.queue)
    if (wish.cellId === cellId) wish.passedOver = !mayTake(world, cell, wish, now);
}

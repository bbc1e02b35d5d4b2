import { contains, type Window } from './window.js';

/** A station with the windows in which it is free. */
export interface FreeStation {
  readonly stationId: string;
  readonly free: readonly Window[];
}

/**
 * The station that the window fragments least: the fewest free remainders beside it, then the smallest remainder in
 * all, then the smallest id; null when it is free on none. What lies before now is lost and counts as no remainder.
 */
export function chooseStation(stations: readonly FreeStation[], window: Window, now: number): string | null {
  const fitting = stations.flatMap(({ stationId, free }) => {
    const around = free.find((gap) => contains(gap, window));
    if (!around) return [];
    const beforeMs = Math.max(0, window.fromAt - Math.max(around.fromAt, now));
    const afterMs = around.toAt - window.toAt;
    return [
      { stationId, remainders: Number(beforeMs > 0) + Number(afterMs > 0), restMs: beforeMs + afterMs },
    ];
  });
  const [best] = fitting.sort(
    (a, b) => a.remainders - b.remainders || a.restMs - b.restMs || (a.stationId < b.stationId ? -1 : 1),
  );
  return best?.stationId ?? null;
}

import { clip, DAY_MS, MINUTE_MS, splitAtChanges, weekdayOf, type Window } from '@touchmark/calendar';

const HOUR_MS = 60 * MINUTE_MS;
export const HOURS_OF_WEEK = 168;

/**
 * How many minutes of windows lie in each hour of the week inside a range, by what the clocks of the zone show while
 * they pass: an hour that comes twice counts twice. Index 0 is Monday from 00:00 to 01:00, 167 Sunday from 23:00; what
 * overlaps counts as often as it is there, so windows of many stations can come together.
 */
export function weekHourMinutes(zone: string, range: Window, windows: readonly Window[]): number[] {
  const minutes = new Array<number>(HOURS_OF_WEEK).fill(0);
  // The zone is asked once for all windows: its answers are dear.
  for (const piece of splitAtChanges(zone, range)) {
    for (const window of windows) {
      const part = clip(window, piece);
      if (part !== null) addHours(minutes, part.fromAt + piece.offsetMs, part.toAt + piece.offsetMs);
    }
  }
  return minutes;
}

function addHours(minutes: number[], fromLocal: number, toLocal: number): void {
  for (let at = fromLocal; at < toLocal;) {
    const next = Math.min((Math.floor(at / HOUR_MS) + 1) * HOUR_MS, toLocal);
    const day = Math.floor(at / DAY_MS);
    const index = (weekdayOf(day) - 1) * 24 + Math.floor((at - day * DAY_MS) / HOUR_MS);
    minutes[index] = (minutes[index] ?? 0) + (next - at) / MINUTE_MS;
    at = next;
  }
}

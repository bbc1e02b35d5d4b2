import { clip, DAY_MS, MINUTE_MS, splitAtChanges, weekdayOf, type Window } from '@touchmark/calendar';
import type { TariffBand } from './tariff.js';

/** The minutes of a window that lie in the bands of one percent and label. */
export interface BandShare {
  readonly percent: number;
  readonly label: string;
  readonly minutes: number;
}

/**
 * How many minutes of a window each band has, by what the clocks of the zone show while they pass: an hour that comes
 * twice counts twice, one that is skipped not at all. Bands of the same percent and label count together.
 */
export function bandMinutes(bands: readonly TariffBand[], zone: string, window: Window): BandShare[] {
  const shares = new Map<string, BandShare>();
  if (bands.length === 0) return [];
  const inOrder = [...bands].sort((a, b) => a.fromMinute - b.fromMinute);
  for (const piece of splitAtChanges(zone, window)) {
    // Between two changes wall time runs as real time does.
    const local = { fromAt: piece.fromAt + piece.offsetMs, toAt: piece.toAt + piece.offsetMs };
    for (let day = Math.floor(local.fromAt / DAY_MS); day * DAY_MS < local.toAt; day += 1) {
      for (const { percent, label, ...band } of inOrder.filter(({ weekday }) => weekday === weekdayOf(day))) {
        const part = clip(bandOf(day, band.fromMinute, band.toMinute), local);
        if (part === null) continue;
        const key = `${percent} ${label}`;
        const minutes = (shares.get(key)?.minutes ?? 0) + (part.toAt - part.fromAt) / MINUTE_MS;
        shares.set(key, { percent, label, minutes });
      }
    }
  }
  return [...shares.values()];
}

function bandOf(day: number, fromMinute: number, toMinute: number): Window {
  return { fromAt: day * DAY_MS + fromMinute * MINUTE_MS, toAt: day * DAY_MS + toMinute * MINUTE_MS };
}

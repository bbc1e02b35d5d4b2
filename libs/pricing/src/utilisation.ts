import { clip, dayWindow, totalMinutes, wallTime, type Window } from '@touchmark/calendar';
import { PricingInputError } from './tariff.js';

/** A station's open windows and the windows booked on it (without changeovers), both sorted and without overlaps. */
export interface StationUse {
  readonly open: readonly Window[];
  readonly booked: readonly Window[];
}

/** The whole local day of an instant, 23 to 25 hours as its zone has it. */
export function localDay(zone: string, at: number): Window {
  return dayWindow(zone, wallTime(zone, at).epochDay);
}

/** Booked minutes of open minutes as a whole percent, rounded down, 0 to 100; 0 when nothing is open. */
export function utilisationPercent(bookedMinutes: number, openMinutes: number): number {
  if (!(bookedMinutes >= 0) || !(openMinutes >= 0)) {
    throw new PricingInputError(
      `Utilisation of ${bookedMinutes} in ${openMinutes} minutes. Pass minutes of 0 or more.`,
    );
  }
  if (openMinutes === 0) return 0;
  // Hours can be shortened after bookings were taken, so more may be booked than is open.
  return Math.min(100, Math.floor((bookedMinutes * 100) / openMinutes));
}

/** The utilisation of a cell on the local day of an instant: booked by open minutes of all its stations. */
export function dayUtilisation(stations: readonly StationUse[], zone: string, at: number): number {
  const day = localDay(zone, at);
  const minutesIn = (windows: readonly Window[]): number =>
    totalMinutes(windows.map((window) => clip(window, day)).filter((part) => part !== null));
  const booked = stations.reduce((sum, station) => sum + minutesIn(station.booked), 0);
  const open = stations.reduce((sum, station) => sum + minutesIn(station.open), 0);
  return utilisationPercent(booked, open);
}

/** A claim as it counts towards a day: when it was made, and its minutes on that day. */
export interface MadeClaim {
  readonly id: string;
  readonly madeAt: number;
  readonly minutes: number;
}

/**
 * How full a day was for each claim when it was made, in whole percent: by the minutes of those made before it, at the
 * same moment by id; itself not counted.
 */
export function utilisationWhenMade(claims: readonly MadeClaim[], openMinutes: number): Map<string, number> {
  const seen = new Map<string, number>();
  let booked = 0;
  const inOrder = [...claims].sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  for (const { id, minutes } of inOrder) {
    seen.set(id, utilisationPercent(booked, openMinutes));
    booked += minutes;
  }
  return seen;
}

import { type Window } from '../window.js';
import { changeoverMatrix, type StationClaim, type StationTimeline } from './index.js';

/** `01T08:00` is 08:00 on 1 June 2026. */
export const at = (text: string): number => Date.parse(`2026-06-${text}:00Z`);
export const span = (from: string, to: string): Window => ({ fromAt: at(from), toAt: at(to) });
export const booked = (family: string, from: string, to: string): StationClaim => ({
  id: `${family} ${from}`,
  family,
  expiresAt: null,
  ...span(from, to),
});
export const row = (from: string, to: string, minutes: number) => ({
  from,
  to,
  minutes,
  costMinor: BigInt(minutes),
});
export const matrix = changeoverMatrix(
  ['black', 'blue', 'red'],
  [row('*', '*', 60), row('black', 'blue', 30)],
);
export const now = at('01T06:00');

/** Open 08:00 to 18:00 on Monday the 1st and Tuesday the 2nd. */
export const station = (
  claims: StationClaim[] = [],
  change: Partial<StationTimeline> = {},
): StationTimeline => ({
  stationId: 'a',
  number: 1,
  open: [span('01T08:00', '01T18:00'), span('02T08:00', '02T18:00')],
  knownFromAt: at('01T00:00'),
  familyBefore: null,
  busyUntil: null,
  claims,
  ...change,
});

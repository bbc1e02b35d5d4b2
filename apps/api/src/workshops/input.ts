import { decideOpeningHours, type OpeningHours } from '@touchmark/calendar';
import { InputRefused } from '../platform/graphql/index.js';

/** Refuses a text that is empty or longer than `most` characters. */
export function refuseText(field: string, text: string, most: number): InputRefused | null {
  const { length } = text.trim();
  if (length >= 1 && length <= most) return null;
  return new InputRefused(field, `${field} has ${String(length)} characters; give 1 to ${String(most)}.`);
}

// Ten a day: every look at a calendar reads them all.
const MOST_OPENING_HOURS = 70;

/** Refuses weekly hours that cannot be: too many, out of range or overlapping on a day. */
export function refuseHours(hours: readonly OpeningHours[]): InputRefused | null {
  if (hours.length > MOST_OPENING_HOURS) {
    const most = `openingHours has ${String(hours.length)} rows; give at most ${String(MOST_OPENING_HOURS)}.`;
    return new InputRefused('openingHours', most);
  }
  const decision = decideOpeningHours(hours);
  return decision.kind === 'OpeningHoursAccepted' ? null : new InputRefused('openingHours', decision.message);
}

/** Refuses a number that is not whole or outside `least` to `most`. */
export function refuseNumber(field: string, value: number, least: number, most: number): InputRefused | null {
  if (Number.isInteger(value) && value >= least && value <= most) return null;
  return new InputRefused(
    field,
    `${field} was ${String(value)}; give a whole number from ${String(least)} to ${String(most)}.`,
  );
}

/** Refuses what cannot be a kind of cell. */
export function refuseKind(field: string, kind: string): InputRefused | null {
  if (/^[a-z][a-z0-9-]{0,31}$/.test(kind)) return null;
  return new InputRefused(
    field,
    `${field} takes 1 to 32 lower case letters, digits and dashes, such as print or cut.`,
  );
}

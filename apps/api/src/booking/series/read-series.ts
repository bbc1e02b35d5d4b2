import {
  expandRecurrence,
  expandWeekly,
  isInstant,
  onGrid,
  readRecurrence,
  type SeriesDecision,
  type Window,
} from '@touchmark/calendar';
import type { LockedCell } from '../claims/locked-cell.js';
import { WindowInPast, WindowInvalid } from '../hold-slot/hold-slot.types.js';
import { horizonOf } from '../hold-slot/refusals.js';
import { occurrenceDays } from './occurrence-days.js';
import { SeriesInvalidType, type SeriesInput } from './series.types.js';

/** A series with its windows, and its rule as it is written down. */
export interface SeriesRead {
  readonly kind: 'SeriesRead';
  readonly windows: readonly Window[];
  readonly rule: string;
}

export type SeriesUnread = SeriesInvalidType | WindowInvalid | WindowInPast;

/** The windows that a series asks for on a cell, or why it cannot be one. */
export function readSeries(cell: LockedCell, input: SeriesInput): SeriesRead | SeriesUnread {
  const refused = refuseFirst(cell, input);
  if (refused !== null) return refused;
  const { rule = null, weeks = null, minutes } = input;
  if ((rule === null) === (weeks === null)) {
    return new SeriesInvalidType('UNREADABLE', 'Say either for how many weeks, or a rule.');
  }
  const { timeZone: zone } = cell.facts;
  const start = { zone, fromAt: input.firstAt.getTime(), minutes, horizonAt: horizonOf(cell) };
  const everyWeeks = input.everyWeeks ?? 1;
  if (weeks !== null) {
    return read(expandWeekly(start, weeks, everyWeeks), weeklyRule(weeks, everyWeeks));
  }
  const recurrence = readRecurrence(rule ?? '');
  if (recurrence.kind === 'SeriesInvalid')
    return new SeriesInvalidType(recurrence.reason, recurrence.message);
  const until = recurrence.until === null ? '' : `;UNTIL=${recurrence.until}`;
  return read(expandRecurrence(start, recurrence, occurrenceDays), `${recurrence.rule}${until}`);
}

function read(decision: SeriesDecision, rule: string): SeriesRead | SeriesInvalidType {
  return decision.kind === 'SeriesExpanded'
    ? { kind: 'SeriesRead', windows: decision.windows, rule }
    : new SeriesInvalidType(decision.reason, decision.message);
}

const weeklyRule = (weeks: number, everyWeeks: number): string =>
  `FREQ=WEEKLY${everyWeeks === 1 ? '' : `;INTERVAL=${String(everyWeeks)}`};COUNT=${String(weeks)}`;

// What is wrong with every occurrence is said once, not sixty times.
function refuseFirst(
  cell: LockedCell,
  { firstAt, minutes }: SeriesInput,
): WindowInvalid | WindowInPast | null {
  const { timeZone, gridMinutes, maxMinutes } = cell.facts;
  const at = firstAt.getTime();
  if (!isInstant(at)) return new WindowInvalid('NOT_AN_INSTANT', 'The first start is no readable time.');
  const steps = minutes > 0 && minutes % gridMinutes === 0;
  if (!steps || !onGrid(timeZone, gridMinutes, at)) {
    const message = `Start on a multiple of ${String(gridMinutes)} minutes, and take whole steps of it.`;
    return new WindowInvalid('OFF_GRID', message);
  }
  if (minutes > maxMinutes) {
    const message = `Each window has ${String(minutes)} minutes. Choose at most ${String(maxMinutes)}.`;
    return new WindowInvalid('TOO_LONG', message);
  }
  return at < cell.now.getTime()
    ? new WindowInPast('The series starts in the past. Choose a start from now on.')
    : null;
}

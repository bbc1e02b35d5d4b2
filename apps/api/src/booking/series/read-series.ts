import {
  MINUTE_MS,
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
  /** By start. */
  readonly windows: readonly Window[];
  /** The stations that single windows are to be on. */
  readonly stations: ReadonlyMap<Window, string>;
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
  const read = (decision: SeriesDecision, written: string): SeriesRead | SeriesInvalidType =>
    decision.kind === 'SeriesExpanded'
      ? instead(cell, decision.windows, input, written)
      : new SeriesInvalidType(decision.reason, decision.message);
  if (weeks !== null) {
    return read(expandWeekly(start, weeks, everyWeeks), weeklyRule(weeks, everyWeeks));
  }
  const recurrence = readRecurrence(rule ?? '');
  if (recurrence.kind === 'SeriesInvalid')
    return new SeriesInvalidType(recurrence.reason, recurrence.message);
  const until = recurrence.until === null ? '' : `;UNTIL=${recurrence.until}`;
  return read(expandRecurrence(start, recurrence, occurrenceDays), `${recurrence.rule}${until}`);
}

/** The windows with those in other places that are wanted there; each must be one of the series, and stay the only one at its start. */
function instead(
  cell: LockedCell,
  windows: readonly Window[],
  { instead: wanted, minutes }: SeriesInput,
  rule: string,
): SeriesRead | SeriesInvalidType {
  const refuse = (message: string): SeriesInvalidType => new SeriesInvalidType('UNREADABLE', message);
  const places = new Map((wanted ?? []).map((one) => [one.occurrenceAt.getTime(), one]));
  const known = new Set(windows.map(({ fromAt }) => fromAt));
  if ([...places.keys()].some((at) => !known.has(at)))
    return refuse('instead names a start that the series does not have. Take the starts from its plan.');
  const stations = new Map<Window, string>();
  const placed = windows.map((window): Window => {
    const place = places.get(window.fromAt);
    if (place === undefined) return window;
    const fromAt = place.fromAt.getTime();
    const moved = { fromAt, toAt: fromAt + minutes * MINUTE_MS };
    if (typeof place.stationId === 'string') stations.set(moved, place.stationId);
    return moved;
  });
  if (placed.some(({ fromAt }) => !isInstant(fromAt)))
    return refuse('instead gives a start that is no readable time.');
  if (new Set(placed.map(({ fromAt }) => fromAt)).size < placed.length)
    return refuse('instead puts two occurrences at one start. Choose another time for one of them.');
  const own = new Set(cell.stations.map(({ id }) => id));
  if ([...stations.values()].some((id) => !own.has(id)))
    return refuse('instead names a station that this cell does not have. Take it from the plan.');
  return { kind: 'SeriesRead', windows: placed.sort((a, b) => a.fromAt - b.fromAt), stations, rule };
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

import { DAY_MS, type Window } from '@touchmark/calendar';
import { badUserInput } from '../platform/graphql/index.js';

/** The stretch that a query asked for as a window; refuses one that is empty or longer than `mostDays`. */
export function checkedRange(fromAt: Date, toAt: Date, mostDays: number): Window {
  const range = { fromAt: fromAt.getTime(), toAt: toAt.getTime() };
  if (range.toAt <= range.fromAt)
    throw badUserInput('The range ends before it starts. Choose a toAt after fromAt.');
  if (range.toAt - range.fromAt > mostDays * DAY_MS)
    throw badUserInput(`The range is longer than ${String(mostDays)} days. Ask for less at a time.`);
  return range;
}

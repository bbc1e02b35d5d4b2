import { weekdayWords } from './offer-words.ts';

/** The days that one row of a form can stand for. */
export const dayChoices: readonly (readonly [value: string, words: string])[] = [
  ['every', 'Every day'],
  ['workdays', 'Mon to Fri'],
  ['weekend', 'Sat and Sun'],
  ...[1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), weekdayWords(day)] as const),
];

const SETS: Readonly<Record<string, string>> = { '1234567': 'every', '12345': 'workdays', '67': 'weekend' };

/** What is the same on a set of days that a form has a word for, as one row; what is alike has the same `sameAs`. */
export function dayRows<Row extends { readonly weekday: number }>(
  rows: readonly Row[],
  sameAs: (row: Row) => readonly (string | number)[],
): { readonly days: string; readonly row: Row }[] {
  return [...Map.groupBy(rows, (row) => JSON.stringify(sameAs(row))).values()].flatMap((group) => {
    const days = group.map(({ weekday }) => weekday).sort((a, b) => a - b);
    const set = SETS[days.join('')];
    const [row] = group;
    return set !== undefined && row !== undefined
      ? [{ days: set, row }]
      : group.map((each) => ({ days: String(each.weekday), row: each }));
  });
}

import { weekdayWords } from './offer-words.ts';

/** The days that one row of a form can stand for. */
export const dayChoices: readonly (readonly [value: string, words: string])[] = [
  ['every', 'Every day'],
  ['workdays', 'Mon to Fri'],
  ['weekend', 'Sat and Sun'],
  ...[1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), weekdayWords(day)] as const),
];

/** What was odd: its name, and what it may mean. */
export const patternWords = {
  PLACES_AT_ONCE: [
    'Two countries at once',
    'Opened in two countries within an hour: the code may be on two pieces.',
  ],
  MANY_NETWORKS: [
    'Many networks',
    'Opened from unusually many networks in a day: its picture may be passed around.',
  ],
  CODE_SHOWN_AGAIN: ['A used code', 'Codes of its tag were shown by several people: a link was copied.'],
  WRONG_CODES: ['Wrong codes', 'Codes came that no tag made: somebody guesses, or wrote a tag of their own.'],
} as const;

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** Countries given by two letters, in words. */
export function regionWords(codes: readonly string[]): string {
  return codes.map((code) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code)).join(', ');
}

/** An occurrence of a series that is to be at another time, and on a station. */
export interface Instead {
  readonly occurrenceAt: string;
  readonly fromAt: string;
  readonly stationId: string;
}

/** An occurrence at another time as one value of a form. */
export const insteadWords = ({ occurrenceAt, fromAt, stationId }: Instead): string =>
  [occurrenceAt, fromAt, stationId].join(' ');

/** What a value of a form says, or null when it was made by nothing here. */
export function insteadOf(words: string): Instead | null {
  const [occurrenceAt = '', fromAt = '', stationId = ''] = words.split(' ');
  const read = [occurrenceAt, fromAt].every((at) => !Number.isNaN(Date.parse(at)));
  return read && stationId !== '' ? { occurrenceAt, fromAt, stationId } : null;
}

import { HOURS_ROWS, type Hours } from '#lib/hours-words.ts';
import { at } from '#lib/form-rows.ts';
import { windowWords } from '#lib/offer-words.ts';
import { FormReader, daysOf } from './form-reader.ts';
import type { SentRow } from './row-refusals.ts';

/** The weekly hours that a form describes, one row for each day, or the first field that could not be read. */
export function hoursIn(data: FormData) {
  const read = new FormReader(data);
  const hours: Hours[] = [];
  const sent: SentRow[] = [];
  for (const row of read.rows('days', HOURS_ROWS)) {
    const fromMinute = read.minute(at('from', row));
    const toMinute = read.minute(at('to', row)) || 1440;
    for (const weekday of daysOf(read.text(at('days', row)))) {
      hours.push({ weekday, fromMinute, toMinute });
      const [name = ''] = windowWords([{ weekday, fromMinute, toMinute }]);
      sent.push({ name, field: at('from', row) });
    }
  }
  return read.fault === null
    ? { kind: 'Read' as const, hours, sent }
    : { kind: 'Unreadable' as const, fault: read.fault };
}

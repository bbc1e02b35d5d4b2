import { ANY, familyWords, pairField } from '#lib/changeover-words.ts';
import { FormReader } from './form-reader.ts';
import type { SentRow } from './row-refusals.ts';

/** The setup of a cell that a form describes, or the first field that could not be read. */
export function setupIn(data: FormData) {
  const read = new FormReader(data);
  const currency = read.text('currency');
  const families = read.words('families');
  const known = [ANY, ...families];
  const rows = [];
  const sent: SentRow[] = [];
  for (const from of known)
    for (const to of known) {
      const [minutes, cost] = [pairField('minutes', from, to), pairField('cost', from, to)];
      if (read.text(minutes) === '' && read.text(cost) === '') continue;
      const name = `${familyWords(from)} to ${familyWords(to)}`;
      rows.push({
        ...{ from, to, minutes: read.whole(minutes, `${name}, minutes`) },
        costMinor: read.text(cost) === '' ? '0' : read.amount(cost, currency),
      });
      sent.push({ name: name.charAt(0).toUpperCase() + name.slice(1), field: minutes });
    }
  const defaultFamily = read.text('defaultFamily') || null;
  return read.fault === null
    ? { kind: 'Read' as const, setup: { families, defaultFamily, rows }, sent }
    : { kind: 'Unreadable' as const, fault: read.fault };
}

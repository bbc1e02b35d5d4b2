import type { WorkKey } from './works.repository.js';

/** A key of two parts as the one string that a data loader takes. */
export function keyOf(coopId: string, id: string): string {
  return `${coopId}/${id}`;
}

/** The keys of a data loader as pairs again. */
export function keysOf(keys: readonly string[]): WorkKey[] {
  return keys.map((key) => {
    const [coopId = '', id = ''] = key.split('/');
    return { coopId, id };
  });
}

/** Rows by key, in the order in which they came. */
export function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

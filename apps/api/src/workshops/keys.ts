/** A provider's thing as one string, for data loaders. */
export function keyOf(coopId: string, id: string): string {
  return `${coopId} ${id}`;
}

/** The pairs that `keyOf` joined. */
export function keysOf(keys: readonly string[]): { coopId: string; id: string }[] {
  return keys.map((key) => {
    const [coopId = '', id = ''] = key.split(' ');
    return { coopId, id };
  });
}

/** The rows of each key, in their order. */
export function groupByKey<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  return Map.groupBy(rows, key);
}

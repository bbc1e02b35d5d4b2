/**
 * Does the work for one after the other, although it may fail for some: what stands behind one that cannot be done must
 * not wait for it. Then throws what failed, so that the sweep is told of.
 */
export async function eachByItself<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `${String(failures.length)} of ${String(items.length)} failed`);
}

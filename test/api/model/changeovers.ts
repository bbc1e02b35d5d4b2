/** One written row; '*' stands for any other family. */
export interface Row {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly costMinor: string;
}

function raw(rows: readonly Row[], from: string, to: string): number {
  const minutes = (a: string, b: string): number | null =>
    rows.find((row) => row.from === a && row.to === b)?.minutes ?? null;
  const exact = minutes(from, to);
  if (exact !== null || from === to) return exact ?? 0;
  const wild = [minutes(from, '*'), minutes('*', to)].filter((value) => value !== null);
  return wild.length > 0 ? Math.max(...wild) : (minutes('*', '*') ?? 0);
}

/** The cheapest chain from one family to another, by trying every simple chain there is. */
export function cheapestMinutes(
  families: readonly string[],
  rows: readonly Row[],
  from: string | null,
  to: string | null,
): number {
  if (from === null || to === null) return 0;
  const best = (at: string, left: readonly string[]): number =>
    Math.min(
      raw(rows, at, to),
      ...left.map(
        (via) =>
          raw(rows, at, via) +
          best(
            via,
            left.filter((one) => one !== via),
          ),
      ),
    );
  return best(
    from,
    families.filter((one) => one !== from),
  );
}

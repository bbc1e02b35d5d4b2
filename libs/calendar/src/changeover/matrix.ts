/** Minutes of open time and money (minor units) that it takes to go from one setup family to the next. */
export interface Changeover {
  readonly minutes: number;
  readonly costMinor: bigint;
}

/** One line of a changeover table as it was written down; `*` stands for any other family. */
export interface ChangeoverRow extends Changeover {
  readonly from: string;
  readonly to: string;
}

/** The changeovers in force: the cheapest chain through families for every pair. */
export interface ChangeoverMatrix {
  readonly families: readonly string[];
  /** The most minutes that any pair takes. */
  readonly longestMinutes: number;
  /** Null, and a family that the cell does not have (any more), stand for nothing set up: 0 minutes, 0 cost. */
  between(from: string | null, to: string | null): Changeover;
}

export type ChangeoversDecision =
  | { readonly kind: 'ChangeoversAccepted' }
  | { readonly kind: 'ChangeoversInvalid'; readonly row: number; readonly message: string };

export const NO_CHANGEOVER: Changeover = { minutes: 0, costMinor: 0n };
export const MAX_CHANGEOVER_MINUTES = 1440;
export const MAX_CHANGEOVER_COST_MINOR = 100_000_000n;
const ANY = '*';

function rowFault(
  families: readonly string[],
  { from, to, minutes, costMinor }: ChangeoverRow,
): string | null {
  const unknown = [from, to].find((family) => family !== ANY && !families.includes(family));
  if (unknown !== undefined) {
    return `names the family "${unknown.slice(0, 64)}", which the cell does not have. Use one of its families, or *.`;
  }
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > MAX_CHANGEOVER_MINUTES) {
    return `has ${minutes} minutes. Give whole minutes from 0 to ${MAX_CHANGEOVER_MINUTES}.`;
  }
  if (costMinor < 0n || costMinor > MAX_CHANGEOVER_COST_MINOR) {
    return `costs ${costMinor} minor units. Give 0 to ${MAX_CHANGEOVER_COST_MINOR}.`;
  }
  return null;
}

/**
 * Decides whether a changeover table can be: known families or `*`, whole minutes from 0 to 1440, no negative cost,
 * each pair once; `row` counts from 1.
 */
export function decideChangeovers(
  families: readonly string[],
  rows: readonly ChangeoverRow[],
): ChangeoversDecision {
  const seen = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const pair = `${row.from} ${row.to}`;
    const twin = seen.get(pair);
    const fault =
      rowFault(families, row) ??
      (twin === undefined ? null : `gives the same pair as row ${twin}. Keep one of them.`);
    if (fault !== null) {
      return { kind: 'ChangeoversInvalid', row: index + 1, message: `Row ${index + 1} ${fault}` };
    }
    seen.set(pair, index + 1);
  }
  return { kind: 'ChangeoversAccepted' };
}

/** Compares by minutes, then by cost: negative when `a` is the cheaper. */
export function compareChangeovers(a: Changeover, b: Changeover): number {
  return a.minutes - b.minutes || (a.costMinor < b.costMinor ? -1 : Number(a.costMinor > b.costMinor));
}

/** The sum of two changeovers. */
export function addChangeovers(a: Changeover, b: Changeover): Changeover {
  return { minutes: a.minutes + b.minutes, costMinor: a.costMinor + b.costMinor };
}

/**
 * What the table itself says of a pair: its exact row; without one, nothing for a family and itself; else the longer of
 * `from → *` and `* → to`; else `* → *`; else nothing. Where a pair is given twice its last row counts.
 */
export function rawChangeovers(rows: readonly ChangeoverRow[]): (from: string, to: string) => Changeover {
  const given = new Map<string, Changeover>();
  for (const { from, to, minutes, costMinor } of rows) given.set(`${from} ${to}`, { minutes, costMinor });
  return (from, to) => {
    const exact = given.get(`${from} ${to}`);
    if (exact) return exact;
    if (from === to) return NO_CHANGEOVER;
    const [leaving, entering] = [given.get(`${from} ${ANY}`), given.get(`${ANY} ${to}`)];
    if (leaving && entering) return compareChangeovers(leaving, entering) >= 0 ? leaving : entering;
    return leaving ?? entering ?? given.get(`${ANY} ${ANY}`) ?? NO_CHANGEOVER;
  };
}

type Table = Changeover[][];

// Floyd and Warshall's closure over (minutes, cost) compared in this order: sums keep the order, so it is exact.
function close(table: Table): void {
  const size = table.length;
  for (let via = 0; via < size; via += 1) {
    for (const row of table) {
      const first = row[via];
      if (!first) continue;
      for (let to = 0; to < size; to += 1) {
        const [direct, second] = [row[to], table[via]?.[to]];
        if (!direct || !second || first.minutes > direct.minutes) continue;
        const chain = addChangeovers(first, second);
        if (compareChangeovers(chain, direct) < 0) row[to] = chain;
      }
    }
  }
}

/**
 * The changeovers in force: the min-plus closure of the table over (minutes, cost) in this order. So going from one
 * family to another is never dearer than by way of a third, and taking out what stands between two claims never
 * leaves them too close, unless it stood too close itself.
 */
export function changeoverMatrix(
  families: readonly string[],
  rows: readonly ChangeoverRow[],
): ChangeoverMatrix {
  const names = [...new Set(families)];
  const raw = rawChangeovers(rows);
  const table = names.map((from) => names.map((to) => raw(from, to)));
  close(table);
  const place = new Map(names.map((name, index) => [name, index]));
  return {
    families: names,
    longestMinutes: table.flat().reduce((longest, { minutes }) => Math.max(longest, minutes), 0),
    between(from, to) {
      const [row, column] = [place.get(from ?? ANY), place.get(to ?? ANY)];
      if (row === undefined || column === undefined) return NO_CHANGEOVER;
      return table[row]?.[column] ?? NO_CHANGEOVER;
    },
  };
}

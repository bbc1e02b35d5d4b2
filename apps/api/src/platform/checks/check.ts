/**
 * An invariant as a query on live data. `violations` must return no row; `counted` returns one row with the number of
 * things looked at, as `count`.
 */
export interface Check {
  readonly name: string;
  readonly counted: string;
  readonly violations: string;
}

/** Runs one statement on the live database. */
export type CheckQuery = (text: string, values?: readonly unknown[]) => Promise<readonly object[]>;

/** An invariant that takes a decision of a lib to try: `find` returns what breaks it. */
export interface CodeCheck {
  readonly name: string;
  readonly counted: string;
  find(query: CheckQuery): Promise<readonly object[]>;
}

/** A check by query in the form of a check by code. */
export function runnable({ name, counted, violations }: Check): CodeCheck {
  return { name, counted, find: (query) => query(violations) };
}

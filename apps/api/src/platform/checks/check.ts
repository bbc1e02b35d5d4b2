/**
 * An invariant as a query on live data. `violations` must return no row; `counted` returns one row with the number of
 * things looked at, as `count`.
 */
export interface Check {
  readonly name: string;
  readonly counted: string;
  readonly violations: string;
}

/** What stands in the fields of a form, by name. */
export type Values = Readonly<Record<string, string>>;

/** The name of a field in a row of a form: `from.0`. */
export const at = (name: string, row: number): string => `${name}.${String(row)}`;

/** How many rows a form shows: up to the last that is filled in, and some to fill in. */
export function rowsShown(values: Values, name: string, most: number, spare = 2): number {
  const filled = Array.from({ length: most }, (_, row) => row).findLast(
    (row) => (values[at(name, row)] ?? '') !== '',
  );
  return Math.min(most, (filled ?? -1) + 1 + spare);
}

/** The fields of a form from what its rows hold. */
export const fieldsOfRows = (rows: readonly Values[]): Values =>
  Object.fromEntries(
    rows.flatMap((row, index) => Object.entries(row).map(([name, value]) => [at(name, index), value])),
  );

/** One field of every row; one with choices is a list to choose from. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'time';
  readonly inputmode?: 'numeric' | 'decimal';
  readonly choices?: readonly (readonly [value: string, words: string])[];
}

import { formatAmount } from '@touchmark/money';
import type { Values } from './form-rows.ts';

/** The form shows the matrix of so many families; more are set through the API. */
export const MOST_FAMILIES = 10;

/** In a written row: any other family. */
export const ANY = '*';

interface Row {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly costMinor: string;
}

/** The name of one of the two fields of a pair. */
export const pairField = (name: 'minutes' | 'cost', from: string, to: string): string =>
  `${name} ${from} ${to}`;

/** A family as a person reads it. */
export const familyWords = (family: string): string => (family === ANY ? 'any' : family);

const amount = (costMinor: string, currency: string): string =>
  formatAmount({ amountMinor: BigInt(costMinor), currency });

/** What stands in the form for the setup of a cell. */
export const setupFields = (
  setup: {
    readonly families: readonly string[];
    readonly defaultFamily: string | null;
    readonly rows: readonly Row[];
  },
  currency: string,
): Values => ({
  families: setup.families.join(', '),
  defaultFamily: setup.defaultFamily ?? '',
  ...Object.fromEntries(
    setup.rows.flatMap(({ from, to, minutes, costMinor }) => [
      [pairField('minutes', from, to), String(minutes)],
      [pairField('cost', from, to), costMinor === '0' ? '' : amount(costMinor, currency)],
    ]),
  ),
});

/** What holds for each pair that is not written, to be shown in its empty fields. */
export const followsFrom = (inForce: readonly Row[], currency: string): Values =>
  Object.fromEntries(
    inForce.flatMap(({ from, to, minutes, costMinor }) => [
      [pairField('minutes', from, to), String(minutes)],
      [pairField('cost', from, to), amount(costMinor, currency)],
    ]),
  );

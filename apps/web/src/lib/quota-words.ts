import { type Column, type Values, fieldsOfRows } from './form-rows.ts';

/** As many as the API takes. */
export const QUOTA_ROWS = 100;

/** Minutes as hours in a field: `10`, `1:30`. */
export function hoursField(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? String(hours) : `${String(hours)}:${String(rest).padStart(2, '0')}`;
}

/** The choices for a kind of cell; the first stands for all of them. */
export const kindChoices = (kinds: readonly string[], all: string): Column['choices'] & object => [
  ['', all],
  ...kinds.map((kind) => [kind, kind] as const),
];

export const quotaColumns = (kinds: readonly string[]): readonly Column[] => [
  { name: 'class', label: 'Class of members' },
  { name: 'kind', label: 'Kind of machine', choices: kindChoices(kinds, 'all together') },
  {
    name: 'period',
    label: 'In each',
    choices: [
      ['WEEK', 'week'],
      ['MONTH', 'month'],
    ],
  },
  { name: 'hours', label: 'Hours at most' },
];

/** What stands in the form for the quotas of a co-op. */
export const quotaFields = (
  quotas: readonly {
    readonly memberClass: string;
    readonly cellKind: string | null;
    readonly period: string;
    readonly minutes: number;
  }[],
): Values =>
  fieldsOfRows(
    quotas.map(({ memberClass, cellKind, period, minutes }) => ({
      class: memberClass,
      kind: cellKind ?? '',
      period,
      hours: hoursField(minutes),
    })),
  );

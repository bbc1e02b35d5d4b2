import { type Column, type Values, fieldsOfRows } from './form-rows.ts';
import { lengthWords } from './time.ts';

/** As many tiers as the form takes; the API refuses more. */
export const TIER_ROWS = 10;

export interface Policy {
  readonly cancelTiers: readonly { readonly noticeHours: number; readonly feePercent: number }[];
  readonly noShowPercent: number;
  readonly noShowAfterMinutes: number;
  readonly actualMinutes: string;
  readonly waitingAnswerMinutes: number;
}

export const tierColumns: readonly Column[] = [
  { name: 'notice', label: 'With so many hours of notice', inputmode: 'numeric' },
  { name: 'fee', label: 'cancelling costs, % of the price', inputmode: 'numeric' },
];

export const actualWords: readonly (readonly [value: string, words: string])[] = [
  ['FROZEN', 'The price stays as it was held'],
  ['UP', 'Longer work is charged on'],
  ['BOTH', 'Longer is charged on, shorter is credited'],
];

/** What stands in the form for a policy. */
export const policyFields = (policy: Policy): Values => ({
  ...fieldsOfRows(
    policy.cancelTiers.map(({ noticeHours, feePercent }) => ({
      notice: String(noticeHours),
      fee: String(feePercent),
    })),
  ),
  noShowPercent: String(policy.noShowPercent),
  noShowAfterMinutes: String(policy.noShowAfterMinutes),
  actualMinutes: policy.actualMinutes,
  waitingAnswerMinutes: String(policy.waitingAnswerMinutes),
});

export const feeWords = (percent: number): string =>
  percent === 0 ? 'costs nothing' : percent === 100 ? 'costs the whole price' : `costs ${String(percent)} %`;

/** A policy in sentences, one for each fact. */
export function policyFacts(policy: Policy): readonly (readonly [fact: string, words: string])[] {
  const tiers = policy.cancelTiers.map(
    ({ noticeHours, feePercent }) =>
      [
        noticeHours === 0
          ? 'Cancelling until the start'
          : `Cancelling ${lengthWords(noticeHours * 60)} before or earlier`,
        feeWords(feePercent),
      ] as const,
  );
  const last = policy.cancelTiers.at(-1);
  const actual = actualWords.find(([value]) => value === policy.actualMinutes)?.[1] ?? '';
  return [
    ...tiers,
    ...(last === undefined || last.noticeHours > 0
      ? [[last === undefined ? 'Cancelling' : 'Cancelling later', feeWords(100)] as const]
      : []),
    [
      'Nobody comes',
      `${feeWords(policy.noShowPercent)}, from ${String(policy.noShowAfterMinutes)} min after the start`,
    ],
    ['Work takes longer or shorter', actual.charAt(0).toLowerCase() + actual.slice(1)],
    ['An offer from the waiting list', `is held for ${lengthWords(policy.waitingAnswerMinutes)}`],
  ];
}

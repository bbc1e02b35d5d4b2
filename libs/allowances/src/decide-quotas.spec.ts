import { describe, expect, it } from '@jest/globals';
import { decideQuotas, type QuotaRule } from './index.js';

const rule = (change: Partial<QuotaRule> = {}): QuotaRule => ({
  ...{ memberClass: 'standard', cellKind: 'print', period: 'week', minutes: 600 },
  ...change,
});

describe('a set of quota rules', () => {
  it('is accepted when each class, kind and period has one rule', () => {
    const rules = [
      rule(),
      rule({ cellKind: null }),
      rule({ period: 'month' }),
      rule({ memberClass: 'guest' }),
    ];
    expect(decideQuotas(rules)).toEqual({ kind: 'QuotasAccepted' });
    expect(decideQuotas([])).toEqual({ kind: 'QuotasAccepted' });
  });

  it.each<[string, QuotaRule[], string]>([
    ['a duplicate', [rule(), rule({ minutes: 0 })], 'Rule 2 is there twice'],
    ['a negative number of minutes', [rule({ minutes: -1 })], 'Rule 1 allows -1 minutes'],
    ['a fraction of a minute', [rule({ minutes: 0.5 })], 'give a whole number from 0 to 44640'],
    ['more than a month has', [rule({ minutes: 44_641 })], 'allows 44641 minutes'],
    ['a class that is no word', [rule({ memberClass: 'Big Spender' })], 'a class of members that is no word'],
    ['a kind that is no word', [rule({ cellKind: '*' })], 'leave it out for all kinds together'],
    ['too many rules', Array.from({ length: 101 }, () => rule()), 'There are 101 rules; give at most 100.'],
  ])('is refused with %s', (_, rules, message) => {
    expect(decideQuotas(rules)).toMatchObject({
      kind: 'QuotasInvalid',
      message: expect.stringContaining(message),
    });
  });
});

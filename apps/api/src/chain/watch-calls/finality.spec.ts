import { describe, expect, it } from '@jest/globals';
import { heightsOf } from './finality.js';

const none = { safe: null, finalized: null };

describe('what is safe and final', () => {
  it.each([
    ['the word of the chain', { safe: 95n, finalized: 90n }, 'finalized', { safe: 95n, finalized: 90n }],
    ['64 confirmations where the chain has no word for it', none, 'finalized', { safe: 69n, finalized: 37n }],
    [
      'safe once final where the chain has no word for safe',
      { safe: null, finalized: 90n },
      'finalized',
      { safe: 90n, finalized: 90n },
    ],
    [
      'never safe later than final',
      { safe: 80n, finalized: 90n },
      'finalized',
      { safe: 90n, finalized: 90n },
    ],
    ['so many confirmations, half of them safe', none, 12, { safe: 95n, finalized: 89n }],
    [
      'confirmations and not the word of the chain, when they are set',
      { safe: 99n, finalized: 99n },
      10,
      { safe: 96n, finalized: 91n },
    ],
    ['the head itself at one confirmation', none, 1, { safe: 100n, finalized: 100n }],
  ] as const)('is %s', (_, tags, rule, heights) => {
    expect(heightsOf(100n, tags, rule)).toEqual(heights);
  });
});

import { describe, expect, it } from '@jest/globals';
import { isBatchDue } from './decide-batch.js';

const at = (seconds: number): Date => new Date(1_795_000_000_000 + seconds * 1000);

describe('a batch', () => {
  it.each([
    ['is not due while there is nothing to anchor', { count: 0, undecided: 0 }, 3600, false],
    ['is due at once when nothing more can join it', { count: 1, undecided: 0 }, 0, true],
    ['waits for company', { count: 127, undecided: 1 }, 59, false],
    ['is due at 128', { count: 128, undecided: 1 }, 0, true],
    ['is due when its oldest has waited for a minute', { count: 1, undecided: 1 }, 60, true],
  ] as const)('%s', (_, waiting, seconds, due) => {
    expect(isBatchDue({ ...waiting, oldestIssuedAt: at(0) }, at(seconds))).toBe(due);
  });
});

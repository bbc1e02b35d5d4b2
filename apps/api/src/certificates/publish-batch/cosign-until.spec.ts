import { describe, expect, it } from '@jest/globals';
import { cosignUntilOf, NoTimeError } from './cosign-until.js';

const NOW = 1_795_000_000;
const DAY = 86_400;

describe('until when claims are co-signed', () => {
  it.each<[string, number[]]>([
    ['with one node', [NOW]],
    ['while one of two nodes lags', [NOW - 40 * DAY, NOW]],
    ['while one of two is at its first block', [NOW, 0]],
    ['while one of three lags', [NOW, NOW - 40 * DAY, NOW]],
    ['while one of three runs ahead', [NOW, NOW + 400 * DAY, NOW]],
  ])('is so many days from the newest block %s', (_, times) => {
    expect(cosignUntilOf(times, 30)).toBe(NOW + 30 * DAY);
  });

  it('is never where it is not asked for', () => {
    expect(cosignUntilOf([NOW], 0)).toBe(0);
  });

  it('is not never where no node tells the time', () => {
    expect(() => cosignUntilOf([], 1)).toThrow(NoTimeError);
  });
});

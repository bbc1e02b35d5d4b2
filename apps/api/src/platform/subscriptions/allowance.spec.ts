import { describe, expect, it } from '@jest/globals';
import { Allowance } from './allowance.js';

describe('an allowance of three at once and two a second', () => {
  it('gives three, then one each half second, and never saves up more than three', () => {
    const allowance = new Allowance(3, 2);
    const at = (...times: number[]): boolean[] => times.map((now) => allowance.take(now));
    expect(at(1000, 1000, 1000, 1000)).toEqual([true, true, true, false]);
    expect(at(1499, 1500, 1500, 2000)).toEqual([false, true, false, true]);
    expect(at(60_000, 60_000, 60_000, 60_000)).toEqual([true, true, true, false]);
  });
});

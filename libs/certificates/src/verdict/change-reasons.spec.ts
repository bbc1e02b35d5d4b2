import { describe, expect, it } from '@jest/globals';
import { reasonWords } from './change-reasons.js';

describe('the reason of a withdrawal', () => {
  it('is told in words for each number that an issuer gives', () => {
    const told = Array.from({ length: 14 }, (_, place) => reasonWords(place + 1));
    expect(told[3]).toBe('reason 4: the piece is recalled');
    for (const [place, words] of told.entries())
      expect(words).toMatch(new RegExp(`^reason ${String(place + 1)}: [a-z]`));
    expect(new Set(told.map((words) => words.replace(/^.*: /, ''))).size).toBe(14);
  });

  it('is told by its number where nobody knows it', () => {
    expect([0, 15, 255].map(reasonWords)).toEqual(['reason 0', 'reason 15', 'reason 255']);
  });
});

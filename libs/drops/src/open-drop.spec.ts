import { describe, expect, it } from '@jest/globals';
import { decideOpenDrop } from './open-drop.js';

const now = Date.UTC(2026, 10, 1, 9);
const day = 86_400_000;
const drop = { now, closesAt: now + 7 * day, size: 50, minimumUnits: 10 };

describe('opening a drop', () => {
  it.each([1, 14])('accepts a commit window of exactly %d days', (days) => {
    expect(decideOpenDrop({ ...drop, closesAt: now + days * day })).toEqual({ kind: 'DropAccepted' });
  });

  it.each([
    ['a millisecond under a day', day - 1],
    ['a millisecond over 14 days', 14 * day + 1],
    ['in the past', -day],
  ])('refuses a window that closes %s and says what is accepted', (_, length) => {
    expect(decideOpenDrop({ ...drop, closesAt: now + length })).toMatchObject({
      kind: 'CommitWindowInvalid',
      shortestDays: 1,
      longestDays: 14,
    });
  });

  it.each([0, 50])('accepts a minimum of %d units of 50', (minimumUnits) => {
    expect(decideOpenDrop({ ...drop, minimumUnits })).toEqual({ kind: 'DropAccepted' });
  });

  it.each([-1, 51, 1.5])('refuses a minimum of %d units of 50', (minimumUnits) => {
    expect(decideOpenDrop({ ...drop, minimumUnits })).toMatchObject({ kind: 'MinimumInvalid' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { decideChange, decideRequest, decideRound, winExpiresAt } from './index.js';

const HOUR = 3_600_000;
const ask = { first: 1, second: 2, slots: 3, deadlineAt: 1000, now: 999 };
const round = { now: 0, deadlineAt: 10 * HOUR, cap: 1, slotStarts: [12 * HOUR, 20 * HOUR] };

describe('a request', () => {
  it('is accepted to the last millisecond before the deadline, with or without a second choice', () => {
    expect(decideRequest(ask).kind).toBe('RequestAccepted');
    expect(decideRequest({ ...ask, second: null }).kind).toBe('RequestAccepted');
    expect(decideRequest({ ...ask, now: 1000 }).kind).toBe('RoundClosed');
  });

  it.each([
    ['a slot that is not there', { first: 4 }, 'first'],
    ['slot zero', { first: 0 }, 'first'],
    ['a second that is not there', { second: 4 }, 'second'],
    ['the same slot twice', { second: 1 }, 'second'],
  ])('is refused with %s', (_, change, field) => {
    expect(decideRequest({ ...ask, ...change })).toMatchObject({ kind: 'ChoiceInvalid', field });
  });
});

describe('a round', () => {
  it('is accepted with a deadline exactly two hours before its first slot', () => {
    expect(decideRound(round)).toEqual({ kind: 'RoundAccepted' });
  });

  it.each([
    ['no slot', { slotStarts: [] }, 'slots'],
    ['too many slots', { slotStarts: Array.from({ length: 51 }, () => 12 * HOUR) }, 'slots'],
    ['a cap of none', { cap: 0 }, 'cap'],
    ['a cap above the choices', { cap: 3 }, 'cap'],
    ['a deadline that is not ahead', { deadlineAt: 0 }, 'deadlineAt'],
    ['a deadline of no number', { deadlineAt: Number.NaN }, 'deadlineAt'],
    ['a deadline too far ahead', { deadlineAt: 60 * 24 * HOUR + 1 }, 'deadlineAt'],
    ['a slot too soon after the deadline', { slotStarts: [12 * HOUR - 1] }, 'deadlineAt'],
  ])('is refused with %s', (_, change, field) => {
    expect(decideRound({ ...round, ...change })).toMatchObject({ kind: 'RoundInvalid', field });
  });

  it('gives a winner two days to confirm, and never beyond the start of the slot', () => {
    expect(winExpiresAt(0, 100 * HOUR)).toBe(48 * HOUR);
    expect(winExpiresAt(0, 5 * HOUR)).toBe(5 * HOUR);
  });
});

describe('a change to a round', () => {
  it.each([
    [true, 99, 'ChangeAccepted'],
    [true, 100, 'RoundClosed'],
    [false, 99, 'RoundClosed'],
  ])('while it is open (%s) at %i of 100 is %s', (open, now, kind) => {
    expect(decideChange({ open, deadlineAt: 100, now }).kind).toBe(kind);
  });
});

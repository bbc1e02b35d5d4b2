import { describe, expect, it } from '@jest/globals';
import {
  decideCancel,
  decideCommitWindow,
  decideConfirm,
  decideExtend,
  decideMove,
  decideNoShow,
  decideRelease,
  usedMinutes,
  type ClaimAt,
} from './index.js';

const window = { fromAt: 1000, toAt: 2000 };
const claim: ClaimAt = { state: 'held', window, expiresAt: 500, checkedInAt: null, now: 499 };

describe('a claim', () => {
  it.each<[string, Partial<ClaimAt>, string, string]>([
    ['a hold in its last moment', {}, 'ConfirmAccepted', 'ReleaseAccepted'],
    ['a hold at the moment it lapses', { now: 500 }, 'HoldLapsed', 'HoldLapsed'],
    ['a hold that a sweep has lapsed', { state: 'lapsed', now: 600 }, 'HoldLapsed', 'HoldLapsed'],
    ['a hold whose window runs', { now: 1500, expiresAt: 1600 }, 'ConfirmAccepted', 'ReleaseAccepted'],
    ['a hold whose window is over', { now: 2000, expiresAt: 2500 }, 'WindowInPast', 'ReleaseAccepted'],
    ['a booking', { state: 'confirmed' }, 'NotHeld', 'NotHeld'],
    ['a released hold', { state: 'released' }, 'NotHeld', 'NotHeld'],
    ['a cancelled booking', { state: 'cancelled' }, 'NotHeld', 'NotHeld'],
  ])('that is %s is decided exactly', (_, change, confirm, release) => {
    expect(decideConfirm({ ...claim, ...change }).kind).toBe(confirm);
    expect(decideRelease({ ...claim, ...change }).kind).toBe(release);
  });

  it.each<[string, Partial<ClaimAt>, string]>([
    ['before its booking starts', { state: 'confirmed', now: 999 }, 'CancelAccepted'],
    ['at the moment its booking starts', { state: 'confirmed', now: 1000 }, 'BookingStarted'],
    ['after work on it began early', { state: 'confirmed', checkedInAt: 900, now: 950 }, 'BookingStarted'],
    ['while it is only held', {}, 'NotConfirmed'],
    ['once it is cancelled', { state: 'cancelled' }, 'NotConfirmed'],
  ])('is cancelled %s: %p gives %s', (_, change, kind) => {
    expect(decideCancel({ ...claim, ...change }).kind).toBe(kind);
  });

  it('tells when it lapsed or started, and what to do next', () => {
    expect(decideConfirm({ ...claim, now: 500 })).toMatchObject({
      expiredAt: 500,
      message: expect.stringContaining('Hold the slot again'),
    });
    expect(decideCancel({ ...claim, state: 'confirmed', now: 1200 })).toMatchObject({ startedAt: 1000 });
  });
});

describe('an extension', () => {
  const extend = (change: Partial<ClaimAt>, extendedAt: number | null = null) =>
    decideExtend({ ...claim, ...change, extendedAt }, 15);

  it('adds its minutes to when the hold would lapse, in its last moment too', () => {
    expect(extend({})).toEqual({ kind: 'ExtendAccepted', expiresAt: 900_500 });
  });

  it.each<[string, Partial<ClaimAt>, number | null, string]>([
    ['a second time', {}, 400, 'AlreadyExtended'],
    ['at the moment it lapses', { now: 500 }, null, 'HoldLapsed'],
    ['of a booking', { state: 'confirmed' }, null, 'NotHeld'],
  ])('is refused %s', (_, change, extendedAt, kind) => {
    expect(extend(change, extendedAt).kind).toBe(kind);
  });
});

describe('a move', () => {
  it.each<[string, Partial<ClaimAt>, string]>([
    ['a live hold', {}, 'MoveAccepted'],
    ['a dead hold', { now: 500 }, 'HoldLapsed'],
    ['a booking before its start', { state: 'confirmed', now: 999 }, 'MoveAccepted'],
    ['a booking that has started', { state: 'confirmed', now: 1000 }, 'BookingStarted'],
    ['what was cancelled', { state: 'cancelled' }, 'NotConfirmed'],
  ])('of %s is decided as %p: %s', (_, change, kind) => {
    expect(decideMove({ ...claim, ...change }).kind).toBe(kind);
  });
});

describe('a no-show', () => {
  const minute = 60_000;
  const booking: ClaimAt = { ...claim, state: 'confirmed', now: 1000 + 15 * minute };

  it.each<[string, Partial<ClaimAt>, string]>([
    ['when the minutes of grace are over', {}, 'NoShowAccepted'],
    ['a millisecond before', { now: 999 + 15 * minute }, 'TooEarly'],
    ['when work has begun', { checkedInAt: 1100 }, 'CheckedIn'],
    ['of a hold', { state: 'held' }, 'NotConfirmed'],
  ])('is decided %s', (_, change, kind) => {
    expect(decideNoShow({ ...booking, ...change }, 15).kind).toBe(kind);
  });
});

describe('the minutes of a booking', () => {
  const hour = { fromAt: 3_600_000, toAt: 7_200_000 };

  it.each([
    ['from its start when the check-in was later', 4_000_000, 7_200_000, 60],
    ['from an earlier check-in', 3_000_000, 7_200_000, 70],
    ['in whole minutes that were begun', 3_600_000, 3_660_001, 2],
    ['as one at least', 3_500_000, 3_500_000, 1],
  ])('are counted %s', (_, checkedInAt, checkedOutAt, minutes) => {
    expect(usedMinutes(hour, checkedInAt, checkedOutAt)).toBe(minutes);
  });
});

describe('a commit window', () => {
  const day = 86_400_000;
  const now = Date.parse('2026-06-01T00:00Z');
  const decide = (opensAt: number, closesAt: number) => decideCommitWindow({ opensAt, closesAt, now });

  it.each([
    [0, 1],
    [0, 14],
    [5, 19],
  ])('may open in %s days and close in %s', (opens, closes) => {
    const [opensAt, closesAt] = [now + opens * day, now + closes * day];
    expect(decide(opensAt, closesAt)).toEqual({ kind: 'CommitWindowAccepted', opensAt, closesAt });
  });

  it.each([
    ['TOO_SHORT', now, now + day - 1],
    ['TOO_LONG', now, now + 14 * day + 1],
    ['OPENS_IN_PAST', now - 1, now + day],
    ['CLOSES_BEFORE_OPENING', now + day, now + day],
    ['CLOSES_BEFORE_OPENING', now + day, now],
    ['NOT_AN_INSTANT', Number.NaN, now + day],
    ['NOT_AN_INSTANT', now, Infinity],
    ['NOT_AN_INSTANT', now, now + day + 0.5],
  ])('is refused as %s from %s to %s', (reason, opensAt, closesAt) => {
    expect(decide(opensAt, closesAt)).toMatchObject({
      kind: 'CommitWindowInvalid',
      reason,
      message: expect.stringMatching(/(Give|Open|Close|Choose) /),
    });
  });
});

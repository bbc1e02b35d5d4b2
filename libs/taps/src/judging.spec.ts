import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  MANY_NETWORKS_A_DAY,
  type ScanPattern,
  TAP_LASTS_MS,
  type TapState,
  detailsOf,
  judgeTap,
  noticeOf,
  oddScans,
  tapWords,
} from './index.js';

const NOW = Date.UTC(2027, 0, 11, 9);
const here = (ago: number) => ({ atMs: NOW - ago, here: true });
const elsewhere = { atMs: NOW - 1, here: false };

describe('a tap is', () => {
  it.each<[string, TapState, Parameters<typeof judgeTap>[0]]>([
    ['UNSHOWN when its counter is new', 'UNSHOWN', { counter: 5, lastCounter: 4, shown: null, nowMs: NOW }],
    [
      'FRESH for the session that showed it',
      'FRESH',
      { counter: 5, lastCounter: 5, shown: here(0), nowMs: NOW },
    ],
    [
      'FRESH to the end of its hour',
      'FRESH',
      { counter: 5, lastCounter: 5, shown: here(TAP_LASTS_MS - 1), nowMs: NOW },
    ],
    ['STALE after it', 'STALE', { counter: 5, lastCounter: 5, shown: here(TAP_LASTS_MS), nowMs: NOW }],
    ['USED for any other session', 'USED', { counter: 5, lastCounter: 5, shown: elsewhere, nowMs: NOW }],
    [
      'USED also when a newer one was shown',
      'USED',
      { counter: 5, lastCounter: 9, shown: elsewhere, nowMs: NOW },
    ],
    [
      'USED when nobody remembers who showed it',
      'USED',
      { counter: 5, lastCounter: 5, shown: null, nowMs: NOW },
    ],
    [
      'STALE when it was kept until a newer one',
      'STALE',
      { counter: 5, lastCounter: 6, shown: null, nowMs: NOW },
    ],
    [
      'STALE for its own session after a newer one',
      'STALE',
      { counter: 5, lastCounter: 6, shown: here(0), nowMs: NOW },
    ],
  ])('%s', (_, state, asked) => {
    expect(judgeTap(asked)).toBe(state);
  });

  it('never FRESH to two sessions, nor below the highest counter', () => {
    const asked = fc.record({
      counter: fc.integer({ min: 1, max: 20 }),
      lastCounter: fc.integer({ min: 0, max: 20 }),
      shown: fc.option(fc.record({ atMs: fc.integer({ min: 0, max: NOW }), here: fc.boolean() })),
      nowMs: fc.constant(NOW),
    });
    fc.assert(
      fc.property(asked, (tap) => {
        const fresh = judgeTap(tap) === 'FRESH';
        expect(fresh && (tap.counter < tap.lastCounter || tap.shown?.here !== true)).toBe(false);
      }),
    );
  });

  it('told in words that never speak of owning, and name the time where there is one', () => {
    const states: TapState[] = ['UNSHOWN', 'FRESH', 'USED', 'STALE', 'UNKNOWN_TAG', 'BAD_CODE'];
    for (const state of states) expect(tapWords(state, null)).not.toMatch(/genuine|\bown|undefined|null/i);
    expect(tapWords('USED', NOW)).toContain('2027-01-11 09:00 UTC');
  });
});

describe('scans are odd', () => {
  it('in two regions within an hour, and not in one', () => {
    expect(oddScans({ regionsThisHour: ['DE', 'DE'], networksToday: 1 })).toEqual([]);
    expect(oddScans({ regionsThisHour: ['DE', 'US'], networksToday: 2 })).toEqual(['PLACES_AT_ONCE']);
  });

  it('from many networks in a day, and not from one fewer', () => {
    const seen = (networksToday: number) => oddScans({ regionsThisHour: [], networksToday });
    expect(seen(MANY_NETWORKS_A_DAY - 1)).toEqual([]);
    expect(seen(MANY_NETWORKS_A_DAY)).toEqual(['MANY_NETWORKS']);
  });

  it('and told in general words to people, with figures to the co-op', () => {
    expect(noticeOf([])).toBeNull();
    const patterns: ScanPattern[] = ['WRONG_CODES', 'PLACES_AT_ONCE', 'MANY_NETWORKS', 'CODE_SHOWN_AGAIN'];
    const notice = noticeOf([...patterns, 'WRONG_CODES']) ?? '';
    expect(notice).not.toMatch(/\d|DE|US|fake/);
    expect(notice.match(/was opened/g)).toHaveLength(4);
    expect(noticeOf(['CODE_SHOWN_AGAIN'])).toContain(
      'Lately the link of this piece was opened with a code of its tag that had been shown before.',
    );
    const details = patterns.map((pattern) =>
      detailsOf({ pattern, times: 41, networks: 42, regions: ['DE', 'US'] }),
    );
    expect(details.join(' ')).toMatch(/41 times.*2 regions: DE, US.*42 networks.*41 times/);
  });
});

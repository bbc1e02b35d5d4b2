import { describe, expect, it } from '@jest/globals';
import { decideAccept } from './accept.js';
import { decidePromise, promiseTries } from './promise.js';
import { decideReclaim } from './reclaim.js';
import {
  SERVICE_STATES,
  decideAdvance,
  decideCallOff,
  decideServiceQuality,
  type ServiceState,
} from './service-order.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-18T08:00:00Z');

describe('a promise', () => {
  const tries = promiseTries(NOW, 2);

  it('is worked out as if the quote were accepted in its last moment', () => {
    expect(
      tries.map(({ validUntil, workFrom }) => [(validUntil - NOW) / HOUR, (workFrom - NOW) / HOUR]),
    ).toEqual([
      [24, 26],
      [4, 6],
      [1, 3],
    ]);
  });

  it('stands for a day when nobody is in a hurry, and for less when that meets the wish', () => {
    const ends = [NOW + 30 * HOUR, NOW + 9 * HOUR, NOW + 5 * HOUR];
    expect(decidePromise(tries, ends, null)).toMatchObject({
      validUntil: NOW + 24 * HOUR,
      promisedAt: ends[0],
    });
    expect(decidePromise(tries, ends, NOW + 9 * HOUR)).toMatchObject({ validUntil: NOW + 4 * HOUR });
    expect(decidePromise(tries, ends, NOW + 9 * HOUR - 1)).toMatchObject({ validUntil: NOW + HOUR });
    expect(decidePromise(tries, ends, NOW + 4 * HOUR)).toMatchObject({
      kind: 'WantedTooSoon',
      earliestAt: NOW + 5 * HOUR,
    });
  });

  it('is none where there is no room', () => {
    expect(decidePromise(tries, [null, null, null], null).kind).toBe('NoCapacity');
    expect(decidePromise(tries, [null, null, NOW + 5 * HOUR], null)).toMatchObject({
      validUntil: NOW + HOUR,
    });
  });
});

describe('a quote', () => {
  it('is accepted once, until the millisecond before it ends', () => {
    expect(decideAccept({ validUntil: NOW, accepted: false }, NOW - 1).kind).toBe('AcceptAllowed');
    expect(decideAccept({ validUntil: NOW, accepted: false }, NOW).kind).toBe('QuoteExpired');
    expect(decideAccept({ validUntil: NOW + HOUR, accepted: true }, NOW).kind).toBe('QuoteTaken');
  });
});

describe('a window of a service order', () => {
  it('may be reclaimed until its firm horizon, and never once work has begun', () => {
    const window = { fromAt: NOW + 10 * HOUR, firmHours: 10, begun: false };
    expect(decideReclaim(window, NOW - 1).kind).toBe('ReclaimAllowed');
    expect(decideReclaim(window, NOW)).toMatchObject({ kind: 'CapacityFirm', firmFrom: NOW });
    expect(decideReclaim({ ...window, begun: true }, NOW - 1).kind).toBe('CapacityFirm');
  });
});

describe('a service order', () => {
  it('goes one step at a time, in its order, and nowhere else', () => {
    const allowed = SERVICE_STATES.flatMap((from) =>
      SERVICE_STATES.filter((to) => decideAdvance(from, to, true).kind === 'AdvanceAllowed').map((to) => [
        from,
        to,
      ]),
    );
    expect(allowed).toEqual([
      ['accepted', 'in_production'],
      ['in_production', 'quality'],
      ['quality', 'ready'],
      ['ready', 'handed_over'],
    ]);
  });

  it('is ready only once its quality is recorded', () => {
    expect(decideAdvance('quality', 'ready', false)).toMatchObject({ kind: 'NotAllowed', next: 'ready' });
  });

  it.each([
    [{ passed: 9, failed: 1 }, 'quality', false, 'QualityAllowed'],
    [{ passed: 9, failed: 0 }, 'quality', false, 'QualityRefused'],
    [{ passed: 11, failed: -1 }, 'quality', false, 'QualityRefused'],
    [{ passed: -1, failed: 11 }, 'quality', false, 'QualityRefused'],
    [{ passed: 10, failed: 0 }, 'quality', true, 'QualityRefused'],
    [{ passed: 10, failed: 0 }, 'in_production', false, 'QualityRefused'],
  ] as const)('inspected as %p in state %s (recorded: %p) is %s', (counts, state, recorded, kind) => {
    expect(decideServiceQuality({ state, units: 10, recorded }, counts).kind).toBe(kind);
  });

  it('can be called off by its buyer until work begins, and by its provider until it is handed over', () => {
    const by = (side: 'buyer' | 'provider', begun = false): ServiceState[] =>
      SERVICE_STATES.filter((state) => decideCallOff(state, side, begun).kind === 'EndAllowed');
    expect(by('buyer')).toEqual(['accepted']);
    expect(by('buyer', true)).toEqual([]);
    expect(by('provider', true)).toEqual(['accepted', 'in_production', 'quality', 'ready']);
  });
});

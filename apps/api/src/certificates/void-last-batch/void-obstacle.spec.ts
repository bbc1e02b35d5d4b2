import { describe, expect, it } from '@jest/globals';
import { type VoidCase, voidObstacle } from './void-obstacle.js';

const objectionUntil = new Date('2026-11-25T12:00:00Z');
const standing = { final: true, nextSerial: null, changed: [] };
const last: VoidCase = {
  ...{ firstSerial: 4, objectionSeconds: 86_400, objectionUntil, underWay: false, standing },
  now: new Date(objectionUntil.getTime() - 1),
};

describe('the last batch', () => {
  it('can be voided up to the last moment of the objection time, ours or not', () => {
    expect(voidObstacle(last)).toBeNull();
    expect(voidObstacle({ ...last, standing: null })).toBeNull();
  });

  it.each<[string, Partial<VoidCase>, string]>([
    ['once that is over', { now: objectionUntil }, 'ended at 2026-11-25T12:00:00.000Z'],
    ['where there is none', { objectionSeconds: 0 }, 'without a time for objections'],
    ['twice', { underWay: true }, 'is being voided'],
    ['before it is final', { standing: { ...standing, final: false } }, 'not final yet'],
    ['with another behind it', { standing: { ...standing, nextSerial: 7 } }, 'from No. 7 on'],
    ['after a piece of it was withdrawn', { standing: { ...standing, changed: [5, 6] } }, 'No. 5, 6 of it'],
  ])('cannot be voided %s, and says so', (_, change, words) => {
    expect(voidObstacle({ ...last, ...change })).toContain(words);
  });
});

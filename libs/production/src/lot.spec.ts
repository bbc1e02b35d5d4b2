import { describe, expect, it } from '@jest/globals';
import { stepsOfLot } from './lot.js';
import { MAX_NOTE_LENGTH, decideQualityInput } from './quality-input.js';

const cut = { position: 1, cellKind: 'cut', name: 'Cut', setupMinutes: 30, minutesPerUnit: 2 };
const check = { position: 2, cellKind: 'qa', name: 'Check', setupMinutes: 0, minutesPerUnit: 5 };

describe('a lot', () => {
  it('sets each step up once and counts its minutes per unit', () => {
    expect(stepsOfLot([cut, check], 20).map((step) => step.minutes)).toEqual([70, 100]);
    expect(stepsOfLot([cut, check], 1).map((step) => step.minutes)).toEqual([32, 5]);
  });

  it('keeps the order of the recipe however it is given', () => {
    expect(stepsOfLot([check, cut], 3).map((step) => step.name)).toEqual(['Cut', 'Check']);
  });

  it.each([0, -1, 1.5])('is refused for %d units', (quantity) => {
    expect(() => stepsOfLot([cut], quantity)).toThrow(RangeError);
  });
});

describe('what an inspector says', () => {
  it.each([
    ['passed', null, 'QualityAccepted', 'pass'],
    ['failed', 'remake', 'QualityAccepted', 'remake'],
    ['failed', 'refund', 'QualityAccepted', 'refund'],
  ] as const)('is accepted: %s with remedy %s', (outcome, remedy, kind, finding) => {
    expect(decideQualityInput({ outcome, remedy, note: '' })).toEqual({ kind, finding });
  });

  it('is refused when a failed unit has no remedy, or a passed one has', () => {
    expect(decideQualityInput({ outcome: 'failed', remedy: null, note: '' })).toMatchObject({
      field: 'remedy',
    });
    expect(decideQualityInput({ outcome: 'passed', remedy: 'refund', note: '' })).toMatchObject({
      field: 'remedy',
    });
  });

  it('is refused when the note is longer than a page', () => {
    const note = 'n'.repeat(MAX_NOTE_LENGTH);
    expect(decideQualityInput({ outcome: 'passed', remedy: null, note }).kind).toBe('QualityAccepted');
    expect(decideQualityInput({ outcome: 'passed', remedy: null, note: `${note}n` })).toMatchObject({
      field: 'note',
    });
  });
});

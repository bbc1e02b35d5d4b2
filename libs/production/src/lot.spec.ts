import { describe, expect, it } from '@jest/globals';
import { batchesOfUnits, stepsOfLot } from './lot.js';
import { MAX_NOTE_LENGTH, decideQualityInput } from './quality-input.js';

const cut = { position: 1, cellKind: 'cut', name: 'Cut', setupMinutes: 30, minutesPerUnit: 2 };
const check = { position: 2, cellKind: 'qa', name: 'Check', setupMinutes: 0, minutesPerUnit: 5 };

describe('orders in batches', () => {
  const of = (...quantities: number[]) => quantities.map((quantity) => ({ quantity }));

  it('keep their order, and none is lost or split', () => {
    expect(batchesOfUnits(of(3, 4, 5, 1, 9, 2), 6)).toEqual([of(3, 4), of(5, 1), of(9), of(2)]);
    expect(batchesOfUnits([], 6)).toEqual([]);
  });

  it('are over by less than one order', () => {
    const batches = batchesOfUnits(
      of(...Array.from({ length: 500 }, (_, index) => (index * 37) % 1000)),
      10_000,
    );
    const units = batches.map((batch) => batch.reduce((sum, { quantity }) => sum + quantity, 0));
    expect(Math.max(...units)).toBeLessThan(11_000);
    expect(units.reduce((sum, count) => sum + count, 0)).toBe(250_750);
  });
});

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

  it('is refused when the note holds a character that no database keeps, and takes line breaks', () => {
    expect(decideQualityInput({ outcome: 'passed', remedy: null, note: 'fine\u0000' })).toMatchObject({
      kind: 'FieldRefused',
      field: 'note',
    });
    expect(decideQualityInput({ outcome: 'passed', remedy: null, note: 'fine\nand flat\t' }).kind).toBe(
      'QualityAccepted',
    );
  });

  it('is refused when the note is longer than a page', () => {
    const note = 'n'.repeat(MAX_NOTE_LENGTH);
    expect(decideQualityInput({ outcome: 'passed', remedy: null, note }).kind).toBe('QualityAccepted');
    expect(decideQualityInput({ outcome: 'passed', remedy: null, note: `${note}n` })).toMatchObject({
      field: 'note',
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { decideEdition, decideWork } from './edition.js';

const step = { cellKind: 'print', name: 'Print the front', setupMinutes: 10, minutesPerUnit: 3 };
const work = {
  sku: 'HERON-01',
  title: 'Heron',
  description: 'Two colours.\nSigned.',
  materials: 'Paper',
  recipe: [step],
};

describe('an edition', () => {
  it.each([1, 50, 1_000_000])('may have %d pieces', (size) => {
    expect(decideEdition({ size, unitPriceMinor: 4500n })).toEqual({ kind: 'EditionAccepted' });
  });

  it.each([0, -1, 1_000_001, 2.5])('refuses %d pieces', (size) => {
    expect(decideEdition({ size, unitPriceMinor: 4500n })).toMatchObject({
      kind: 'FieldRefused',
      field: 'size',
    });
  });

  it.each([0n, -1n, 100_000_001n])('refuses a price of %d minor units', (unitPriceMinor) => {
    expect(decideEdition({ size: 50, unitPriceMinor })).toMatchObject({ field: 'unitPriceMinor' });
  });
});

describe('a work', () => {
  it('is accepted with a SKU, a title and a recipe', () => {
    expect(decideWork(work)).toEqual({ kind: 'WorkAccepted' });
  });

  it.each([
    ['sku', { ...work, sku: 'heron' }],
    ['title', { ...work, title: '  ' }],
    ['title', { ...work, title: 'Heron\u0000' }],
    ['title', { ...work, recipe: [{ ...step, name: 'Print\u0007' }] }],
    ['description', { ...work, description: 'x'.repeat(10_001) }],
    ['materials', { ...work, materials: 'x'.repeat(2001) }],
    ['recipe', { ...work, recipe: [] }],
    ['recipe', { ...work, recipe: Array.from({ length: 51 }, () => step) }],
    ['recipe', { ...work, recipe: [{ ...step, cellKind: 'Print!' }] }],
    ['recipe', { ...work, recipe: [{ ...step, name: '' }] }],
    ['recipe', { ...work, recipe: [{ ...step, setupMinutes: -1 }] }],
    ['recipe', { ...work, recipe: [step, { ...step, minutesPerUnit: 0 }] }],
  ])('names the field %s that it refuses', (field, input) => {
    expect(decideWork(input)).toMatchObject({ kind: 'FieldRefused', field });
  });
});

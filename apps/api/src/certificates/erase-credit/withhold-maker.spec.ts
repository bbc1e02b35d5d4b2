import { describe, expect, it } from '@jest/globals';
import {
  type CertificateDocument,
  type Hex,
  canonicalJson,
  documentRoot,
  makeDocument,
  makerPath,
} from '@touchmark/certificates';
import { withholdMaker } from './withhold-maker.js';

const salt: Hex = `0x${'5a'.repeat(32)}`;
const textOf = (values: Record<string, object | string>): string =>
  canonicalJson(
    makeDocument(Object.entries(values).map(([path, value]) => ({ path, salt, value: value as string }))).map(
      (field) => ({ ...field }),
    ),
  );
const rootOf = (text: string): Hex => documentRoot(JSON.parse(text) as CertificateDocument);

describe('a document that a maker is taken out of', () => {
  it('loses the field of that maker alone, and keeps its root', () => {
    const text = textOf({
      'what.title': 'Heron',
      [makerPath(1)]: { name: 'First' },
      [makerPath(2)]: { name: 'Second' },
    });
    const without = withholdMaker(text, 2);
    expect([without.includes('First'), without.includes('Second')]).toEqual([true, false]);
    expect(rootOf(without)).toBe(rootOf(text));
    expect(withholdMaker(without, 2)).toBe(without);
  });

  it('loses the whole list where makers had no fields of their own', () => {
    const text = textOf({ 'what.title': 'Heron', 'who.makers': ['First', 'Second'] });
    const without = withholdMaker(text, 1);
    expect([without.includes('First'), without.includes('Second'), without.includes('Heron')]).toEqual([
      ...[false, false, true],
    ]);
    expect(rootOf(without)).toBe(rootOf(text));
  });
});

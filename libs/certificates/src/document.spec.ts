import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DocumentError,
  documentProblem,
  documentRoot,
  type Field,
  makeDocument,
  withhold,
} from './document.js';
import { bytesOf, sampleDocument } from './sample-certificate.js';

const field = fc
  .record({
    path: fc.string({ minLength: 1, unit: 'grapheme' }),
    value: fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' })),
  })
  .map(({ path, value }): Field => ({ path, salt: bytesOf(path), value }));
const fields = fc.uniqueArray(field, { minLength: 1, maxLength: 9, selector: ({ path }) => path });

describe('a document', () => {
  it('has one root whatever the order in which its fields came', () => {
    fc.assert(
      fc.property(fields, (some) => {
        expect(documentRoot(makeDocument([...some].reverse()))).toBe(documentRoot(makeDocument(some)));
      }),
    );
  });

  it('keeps its root when any of its fields are withheld', () => {
    fc.assert(
      fc.property(fields, fc.array(fc.nat(8)), (some, places) => {
        const document = makeDocument(some);
        const paths = places.flatMap((place) => document[place]?.path ?? []);
        const shown = withhold(document, paths);
        expect(documentRoot(shown)).toBe(documentRoot(document));
        expect(shown.filter((one) => 'valueHash' in one)).toHaveLength(new Set(paths).size);
        expect(documentProblem(shown)).toBeNull();
      }),
    );
  });

  it('has another root when a path, a salt, a value or the number of fields is another', () => {
    const [first, ...rest] = sampleDocument(1);
    const { path, salt } = first as { path: string; salt: `0x${string}` };
    const changed: Field[][] = [
      [{ path: `${path}x`, salt, value: 1 }, ...rest],
      [{ path, salt, value: 1 }, ...rest],
      [{ path, salt: bytesOf('other'), value: 1 }, ...rest],
      rest,
    ];
    const roots = [sampleDocument(1), ...changed].map((document) => documentRoot(document));
    expect(new Set(roots).size).toBe(roots.length);
  });

  it('sorts paths by UTF-8 bytes, not by UTF-16 units', () => {
    const paths = ['\ufb33', '\u{1f600}', 'a'].map((path): Field => ({
      path,
      salt: bytesOf(path),
      value: 1,
    }));
    expect(makeDocument(paths).map(({ path }) => path)).toEqual(['a', '\ufb33', '\u{1f600}']);
  });

  it.each<[string, Field[]]>([
    ['no field', []],
    ['an empty path', [{ path: '', salt: bytesOf('a'), value: 1 }]],
    [
      'a path twice',
      [
        { path: 'a', salt: bytesOf('a'), value: 1 },
        { path: 'a', salt: bytesOf('b'), value: 2 },
      ],
    ],
    ['a short salt', [{ path: 'a', salt: '0x00', value: 1 }]],
    ['a fraction', [{ path: 'a', salt: bytesOf('a'), value: 0.5 }]],
  ])('is refused with %s', (_name, some) => {
    expect(() => makeDocument(some)).toThrow(DocumentError);
  });

  it('withholds no field that it does not have', () => {
    expect(() => withhold(sampleDocument(1), ['who.else'])).toThrow('There is no field "who.else"');
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, CanonicalJsonError, type JsonValue, MAX_JSON_DEPTH } from './canonical-json.js';

const whole = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const text = fc.string({ unit: 'binary' });
const { value: anyJson } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    whole,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

function nested(depth: number): JsonValue {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 units as the example of RFC 8785 section 3.2.3', () => {
    const example = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': 7,
    };
    const values = [...canonicalJson(example).matchAll(/:(\d)/g)].map(([, digit]) => Number(digit));
    expect(values).toEqual([2, 4, 6, 7, 1, 5, 3]);
  });

  it('escapes text as the example of RFC 8785 section 3.2.2', () => {
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  it('is a fixed point: writing what it reads gives the same text and the same value', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const written = canonicalJson(value);
        const read: JsonValue = JSON.parse(written);
        expect(canonicalJson(read)).toBe(written);
      }),
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(text, whole, { noNullPrototype: true }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });

  it.each<[string, unknown]>([
    ['a fraction', 0.5],
    ['a whole number beyond 2^53-1', 2 ** 53],
    ['NaN', Number.NaN],
    ['half of a surrogate pair', '\ud800'],
    ['half of a surrogate pair in a key', { '\udc00': 1 }],
    ['undefined', { a: undefined }],
    ['a hole in a list', new Array(1)],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['too deep a nesting', nested(MAX_JSON_DEPTH + 1)],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(CanonicalJsonError);
  });

  it('takes the deepest nesting it promises', () => {
    expect(canonicalJson(nested(MAX_JSON_DEPTH))).toHaveLength(2 * MAX_JSON_DEPTH + 1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { keccak_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { canonicalJson, CanonicalJsonError, type JsonValue, MAX_JSON_DEPTH } from './canonical-json.js';
import { compareUtf8, documentRoot, type Field, fieldLeaf, makeDocument, valueHash } from './document.js';
import { fromHex, type Hex, keccak, toHex, uintBytes } from './hex.js';
import { hashFaster } from './keccak.js';
import { readProof } from './proof/state-proof.js';
import { bytesOf, home } from './sample-certificate.js';
import { positionalTree, rootFromPath, treeOfHashes, treePath } from './tree.js';

// What is written for speed, beside the same written plainly: as their documentation says, with nothing saved.
const plainHash = (...parts: Uint8Array[]): Uint8Array => keccak_256(Buffer.concat(parts));
const tagged = (tag: number, ...parts: Uint8Array[]): Uint8Array => plainHash(Uint8Array.of(tag), ...parts);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`;

function plainTree(leaves: readonly Uint8Array[]): Uint8Array[][] {
  let level = [...leaves];
  while (Math.log2(level.length) % 1 !== 0) level.push(new Uint8Array(32));
  const levels = [level];
  while (level.length > 1) {
    const below = level;
    level = below.flatMap((left, place) =>
      place % 2 === 0 ? [tagged(1, left, below[place + 1] ?? new Uint8Array())] : [],
    );
    levels.push(level);
  }
  return levels;
}

function plainJson(value: unknown, depth = 0): string {
  if (depth > MAX_JSON_DEPTH) throw new CanonicalJsonError('too deep');
  const isText = typeof value === 'string' && value.isWellFormed();
  if (value === null || typeof value === 'boolean' || Number.isSafeInteger(value) || isText)
    return JSON.stringify(value);
  if (Array.isArray(value)) return `[${[...value].map((item) => plainJson(item, depth + 1)).join()}]`;
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError('no JSON');
  const members = Object.entries(value as object).map(([key, member]): [string, string] => [
    key,
    `${plainJson(key, depth + 1)}:${plainJson(member, depth + 1)}`,
  ]);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([, member]) => member).join()}}`;
}

const outcomeOf = (write: () => unknown): unknown => {
  try {
    return write();
  } catch (error) {
    return (error as Error).name;
  }
};

// Texts around the end of the basic plane, where the order of UTF-16 differs from that of UTF-8, and with long starts in common.
const edgy = fc
  .array(
    fc.constantFrom(
      '',
      'a',
      '\u0000',
      '\u007f',
      '\u0080',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{10ffff}',
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(edgy, fc.string({ unit: 'binary', maxLength: 12 }));
const strange = fc.anything({
  key: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', 'constructor', '\ud800', '10', '9'),
  ),
  values: [
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\udfff', '"', '\\', '\u2028'),
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  ],
  maxDepth: 4,
  withSparseArray: true,
  withNullPrototype: true,
  withBigInt: true,
  withDate: true,
});

describe('what is written for speed is what is written plainly', () => {
  it('in trees of every count from 1 to 300, with every path', () => {
    const leaves = Array.from({ length: 300 }, (_, place) => fromHex(bytesOf(`leaf ${place}`), 32));
    for (let count = 1; count <= leaves.length; count += 1) {
      const some = leaves.slice(0, count);
      const expected = plainTree(some);
      const { levels, top } = treeOfHashes(some);
      // As text, which is compared far sooner than bytes.
      expect(levels.map((level) => level.map(hexOf).join())).toEqual(
        expected.map((level) => level.map(hexOf).join()),
      );
      const tree = positionalTree(some.map(hexOf));
      expect([tree.root, tree.count]).toEqual([hexOf(top), count]);
      const index = (count * 7) % count;
      const proof = { leaf: hexOf(some[index] ?? top), index, count, path: treePath(tree, index) };
      expect(rootFromPath(proof)).toBe(tree.root);
    }
  });

  it('in the order of texts by their UTF-8 bytes', () => {
    fc.assert(
      fc.property(anyText, anyText, edgy, (left, right, start) => {
        for (const [a, b] of [
          [left, right],
          [start + left, start + right],
          [left, left + right],
        ] as const)
          expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(utf8(a), utf8(b)));
      }),
      { numRuns: 2000 },
    );
  });

  it('in canonical JSON of anything, and in what has none', () => {
    fc.assert(
      fc.property(strange, (value) => {
        expect(outcomeOf(() => canonicalJson(value as JsonValue))).toBe(outcomeOf(() => plainJson(value)));
      }),
      { numRuns: 2000 },
    );
    const parsed: JsonValue = JSON.parse('{"__proto__":{"b":1,"a":[]},"\\u0000":"","10":1,"9":2}');
    expect(canonicalJson(parsed)).toBe('{"\\u0000":"","10":1,"9":2,"__proto__":{"a":[],"b":1}}');
  });

  it('in the hashes of fields and documents', () => {
    const field = fc.tuple(anyText, fc.oneof(anyText, fc.maxSafeInteger()), fc.boolean());
    const content = fc.uniqueArray(field, { minLength: 1, maxLength: 12, selector: ([path]) => path });
    fc.assert(
      fc.property(content, (some) => {
        const fields = some.map(([path, value, shown]): Field => {
          const inner: Field = { path: `p${path}`, salt: bytesOf(path), value };
          return shown ? inner : { path: inner.path, valueHash: bytesOf(`hidden ${path}`) };
        });
        const document = makeDocument(fields);
        const leaves = document.map((one) => {
          const hash =
            'salt' in one ? hexOf(tagged(3, utf8(plainJson([one.salt, one.value])))) : one.valueHash;
          expect(valueHash(one)).toBe(hash);
          const leaf = tagged(0, utf8(plainJson([one.path, hash])));
          expect(fieldLeaf(one)).toBe(hexOf(leaf));
          return leaf;
        });
        const [top = new Uint8Array()] = plainTree(leaves).at(-1) ?? [];
        const count = Buffer.alloc(4);
        count.writeUInt32BE(document.length);
        expect(documentRoot(document)).toBe(hexOf(tagged(2, count, top)));
      }),
    );
  });

  it('in numbers and hex', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32), fc.integer({ min: 5, max: 32 }), (value, length) => {
        expect(toHex(uintBytes(value, length))).toBe(toHex(uintBytes(BigInt(value), length)));
      }),
    );
    const digits = fc.string({
      unit: fc.constantFrom('0', '9', 'a', 'F', 'g', 'x', '\u0130', '\ud83d', '\n'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('0x', '0X', '', '0'),
        digits,
        fc.integer({ min: -1, max: 4 }),
        (start, end, length) => {
          const hex = `${start}${end}` as Hex;
          const good = length >= 0 && new RegExp(`^0x[0-9a-fA-F]{${2 * Math.max(length, 0)}}$`).test(hex);
          const expected = good ? hex.toLowerCase() : 'EncodingError';
          expect(outcomeOf(() => toHex(fromHex(hex, length)))).toBe(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the compiled hash', () => {
  const bytes = Uint8Array.from({ length: 600 }, (_, place) => (place * 131) % 256);
  const agrees = (): void => {
    for (let length = 0; length <= bytes.length; length += 1) {
      const all = bytes.subarray(0, length);
      expect(keccak(all)).toEqual(plainHash(all));
    }
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 5 });
    fc.assert(
      fc.property(cuts, (places) => {
        const sorted = [0, ...places.sort((a, b) => a - b), bytes.length];
        const parts = sorted.slice(1).map((end, place) => bytes.subarray(sorted[place], end));
        expect(keccak(...parts)).toEqual(plainHash(bytes));
      }),
    );
  };

  it('is not put in place where there is no WebAssembly, nor where it computes something else', () => {
    const real = Reflect.get(globalThis, 'WebAssembly') as object;
    const broken = {
      Module: Object,
      Instance: class {
        exports = { memory: { buffer: new ArrayBuffer(65_536) }, permute: () => undefined };
      },
    };
    try {
      Reflect.set(globalThis, 'WebAssembly', undefined);
      expect(hashFaster).toThrow();
      Reflect.set(globalThis, 'WebAssembly', broken);
      expect(hashFaster).toThrow('The compiled hash differs from the plain one at 0 bytes');
    } finally {
      Reflect.set(globalThis, 'WebAssembly', real);
    }
    agrees();
  });

  it('is the plain one at every length from 0 to 600, in any parts, also after one that failed half-way', () => {
    hashFaster();
    agrees();
    expect(() => keccak(bytes.subarray(0, 200), null as never)).toThrow();
    agrees();
    hashFaster();
    agrees();
  });
});

describe('a proof handed over as it came', () => {
  it.each(['', '0', '0x', '0x0', 'zz', '0X00'])(
    'is refused, and throws nothing, when a node of it is %j',
    (node) => {
      const proof = { header: '0xc0', nodes: [node as Hex] } as const;
      expect(readProof(proof, home.contract, () => true)).toMatchObject({ kind: 'ProofRefused' });
    },
  );
});

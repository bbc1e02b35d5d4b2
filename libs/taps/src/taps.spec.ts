import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/ciphers/utils.js';
import fc from 'fast-check';
import { TagKeyError, hearTag, isMacOf, isTapCode, readingKeyOf, tagKeysOf, tapMac } from './index.js';

const ZEROS = new Uint8Array(16);
const UID = '04de5f1eacc040';

describe('the keys of a tag', () => {
  it('are those of the published vector of the Bolt Card scheme', () => {
    const issuerKey = hexToBytes('00000000000000000000000000000001');
    const keys = tagKeysOf(issuerKey, '04a39493cc8680', 1);
    expect(Object.values(keys).map((key) => bytesToHex(key as Uint8Array))).toEqual([
      'a29119fcb48e737d1591d3489557e49b',
      '55da174c9608993dc27bb3f30a4a7314',
      'f4b404be700ab285e333e32348fa3d3b',
      '73610ba4afe45b55319691cb9489142f',
      'addd03e52964369be7f2967736b7bdb5',
    ]);
    expect(keys.k1).toEqual(readingKeyOf(issuerKey));
  });

  it('differ by uid and by version, except for the one that reads', () => {
    const [a, b, c] = [
      tagKeysOf(ZEROS, UID, 1),
      tagKeysOf(ZEROS, UID, 2),
      tagKeysOf(ZEROS, `05${UID.slice(2)}`, 1),
    ];
    expect(new Set([a.k2, b.k2, c.k2].map(bytesToHex)).size).toBe(3);
    expect(new Set([a.k1, b.k1, c.k1].map(bytesToHex)).size).toBe(1);
  });

  it.each([
    [new Uint8Array(15), UID, 1],
    [new Uint8Array(32), UID, 1],
    [ZEROS, UID.toUpperCase(), 1],
    [ZEROS, UID.slice(2), 1],
    [ZEROS, UID, -1],
    [ZEROS, UID, 2 ** 32],
    [ZEROS, UID, 1.5],
  ])('are refused for what no tag has', (key, uid, version) => {
    expect(() => tagKeysOf(key, uid, version)).toThrow(TagKeyError);
  });
});

describe('a tap', () => {
  it('reads as NXP prints it in AN12196: uid 04de5f1eacc040, counter 61, MAC 94EED9EE65337086', () => {
    const heard = hearTag(ZEROS, 'EF963FF7828658A599F3041510671E88');
    expect(heard).toEqual({ kind: 'TagHeard', uid: UID, counter: 61 });
    expect(tapMac(ZEROS, { uid: UID, counter: 61 })).toBe('94EED9EE65337086');
    expect(isMacOf(ZEROS, { uid: UID, counter: 61 }, '94eed9ee65337086')).toBe(true);
  });

  it('reads as NXP prints it with file data: uid 04958caa5c5e80, counter 8, MAC ECC1E7F6C6C73BF6', () => {
    const heard = hearTag(ZEROS, 'FD91EC264309878BE6345CBE53BADF40');
    expect(heard).toEqual({ kind: 'TagHeard', uid: '04958caa5c5e80', counter: 8 });
    const input = new TextEncoder().encode('CEE9A53E3E463EF1F459635736738962&cmac=');
    expect(tapMac(ZEROS, { uid: '04958caa5c5e80', counter: 8 }, input)).toBe('ECC1E7F6C6C73BF6');
  });

  it('is refused with any one bit of its MAC changed, and for any other counter, uid or key', () => {
    const tap = { uid: UID, counter: 61 };
    const mac = hexToBytes(tapMac(ZEROS, tap));
    for (let bit = 0; bit < 64; bit += 1) {
      const changed = mac.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(isMacOf(ZEROS, tap, bytesToHex(changed))).toBe(false);
    }
    const right = bytesToHex(mac);
    expect(isMacOf(ZEROS, { ...tap, counter: 62 }, right)).toBe(false);
    expect(isMacOf(ZEROS, { ...tap, uid: '04958caa5c5e80' }, right)).toBe(false);
    expect(isMacOf(new Uint8Array(16).fill(1), tap, right)).toBe(false);
    expect(isMacOf(ZEROS, tap, right.slice(2))).toBe(false);
  });

  it('is unreadable under another key, in another form, and never throws', () => {
    expect(hearTag(new Uint8Array(16).fill(7), 'EF963FF7828658A599F3041510671E88').kind).toBe(
      'TagUnreadable',
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 20 }), (picc, mac) => {
        expect(isTapCode(picc, mac) && picc.length !== 32).toBe(false);
        hearTag(ZEROS, picc);
        expect(isMacOf(ZEROS, { uid: UID, counter: 1 }, mac)).toBe(false);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joined } from './photo.types.js';
import { MAX_PHOTO_BYTES, type PhotoRead, type PhotoRefused, readPhoto } from './read-photo.js';
import { jpegOfPhone, pngOfPhone, SECRET, webpOfPhone } from './sample-metadata.js';
import { sampleJpeg, samplePng, sampleWebp } from './sample-photos.js';

const has = (bytes: Uint8Array, words: string): boolean => Buffer.from(bytes).includes(words, 0, 'latin1');

function kept(answer: PhotoRead | PhotoRefused): PhotoRead {
  if (answer.kind === 'PhotoRefused') throw new Error(answer.message);
  return answer;
}

const refusal = (bytes: Uint8Array): string => {
  const answer = readPhoto(bytes);
  return answer.kind === 'PhotoRefused' ? answer.message : `taken as ${answer.type}`;
};

describe('a photo', () => {
  it.each<[string, Uint8Array, Uint8Array]>([
    ['image/jpeg', sampleJpeg, jpegOfPhone(sampleJpeg, 1)],
    ['image/png', samplePng, pngOfPhone(samplePng)],
    ['image/webp', sampleWebp, webpOfPhone(sampleWebp)],
  ])('that is %s is kept as its picture alone, whatever a phone wrote beside it', (type, plain, ofPhone) => {
    expect(kept(readPhoto(plain))).toEqual({ kind: 'PhotoRead', type, bytes: plain });
    expect(has(ofPhone, SECRET)).toBe(true);
    expect(Buffer.from(kept(readPhoto(ofPhone)).bytes).equals(plain)).toBe(true);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    'stays turned as it was, by %i, and keeps nothing else of its EXIF',
    (turn) => {
      for (const littleEndian of [false, true]) {
        const { bytes } = kept(readPhoto(jpegOfPhone(sampleJpeg, turn, littleEndian)));
        expect(bytes.length).toBe(sampleJpeg.length + 36);
        expect([has(bytes, SECRET), has(bytes, 'Exif'), bytes[31]]).toEqual([false, true, turn]);
        // What was kept is read as it is.
        expect(kept(readPhoto(bytes)).bytes).toEqual(bytes);
      }
    },
  );

  it('keeps its colours, which a profile tells', () => {
    expect(has(kept(readPhoto(sampleJpeg)).bytes, 'ICC_PROFILE')).toBe(true);
    expect(has(kept(readPhoto(sampleWebp)).bytes, 'ICCP')).toBe(true);
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'no JPEG, PNG or WebP'],
    ['a page', Uint8Array.from(Buffer.from('<svg onload="alert(1)">')), 'no JPEG, PNG or WebP'],
    ['too many bytes', joined([sampleJpeg, new Uint8Array(MAX_PHOTO_BYTES)]), 'at most 2097152'],
    ['a JPEG of nothing', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), 'without a picture'],
    ['a cut JPEG', sampleJpeg.subarray(0, -2), 'ends in the middle'],
    ['a cut PNG', samplePng.subarray(0, -2), 'ends in the middle'],
    ['a cut WebP', sampleWebp.subarray(0, -2), 'ends in the middle'],
    ['a PNG of a giant', samplePng.map((byte, at) => (at === 16 ? 0x7f : byte)), 'pixels'],
    ['a WebP of a giant', sampleWebp.map((byte, at) => (at === 26 ? 0xff : byte)), 'pixels'],
    [
      'a moving WebP',
      Uint8Array.from(Buffer.from(sampleWebp).toString('latin1').replace('ICCP', 'ANIM'), (letter) =>
        letter.charCodeAt(0),
      ),
      'moving',
    ],
  ])('is refused that is %s', (_name, bytes, words) => {
    expect(refusal(bytes)).toContain(words);
  });

  it('is answered whatever the bytes, and never throws', () => {
    const good = fc.constantFrom(jpegOfPhone(sampleJpeg, 6), pngOfPhone(samplePng), webpOfPhone(sampleWebp));
    const change = fc.tuple(fc.nat(800), fc.nat(255));
    fc.assert(
      fc.property(good, fc.array(change, { maxLength: 6 }), fc.nat(1200), (photo, changes, length) => {
        const bytes = Uint8Array.from(photo.subarray(0, length));
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        const answer = readPhoto(bytes);
        expect(['PhotoRead', 'PhotoRefused']).toContain(answer.kind);
        if (answer.kind === 'PhotoRead') expect(readPhoto(answer.bytes)).toEqual(answer);
      }),
      { numRuns: 1_000 },
    );
  });
});

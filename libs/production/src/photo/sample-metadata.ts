// What cameras write beside the picture, for specs; not part of the package.
import { joined } from './photo.types.js';

/** Words that must be nowhere in what is kept. */
export const SECRET = 'N 52.5200 E 13.4050 camera of somebody';

const text = (words: string): Uint8Array => Uint8Array.from(Buffer.from(words, 'latin1'));
const big = (value: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, place) => (value >>> (8 * (length - 1 - place))) & 0xff);
const little = (value: number, length: number): Uint8Array => big(value, length).reverse();

function segment(marker: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(0xff, marker), big(content.length + 2, 2), content]);
}

/** An EXIF block that says how the camera was held and, behind it, where. */
function exif(orientation: number, littleEndian: boolean): Uint8Array {
  const number = littleEndian ? little : big;
  const entry = (tag: number, type: number, value: Uint8Array): Uint8Array =>
    joined([number(tag, 2), number(type, 2), number(1, 4), value]);
  return joined([
    text(littleEndian ? 'II' : 'MM'),
    ...[number(42, 2), number(8, 4), number(2, 2)],
    entry(0x0100, 4, number(24, 4)),
    entry(0x0112, 3, joined([number(orientation, 2), number(0, 2)])),
    number(0, 4),
    text(SECRET),
  ]);
}

/** The JPEG as a phone would write it: EXIF with a place, XMP, a comment, and a film behind the end. */
export function jpegOfPhone(jpeg: Uint8Array, orientation: number, littleEndian = false): Uint8Array {
  const segments = [
    segment(0xe1, joined([text('Exif\0\0'), exif(orientation, littleEndian)])),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
    segment(0xe2, text(`MPF\0${SECRET}`)),
    segment(0xed, text(`Photoshop 3.0\0${SECRET}`)),
    segment(0xfe, text(SECRET)),
  ];
  return joined([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2), text(SECRET)]);
}

const chunk = (type: string, content: Uint8Array): Uint8Array =>
  joined([big(content.length, 4), text(type), content, big(0, 4)]);

/** The PNG with text, a time and EXIF, and more behind its end. */
export function pngOfPhone(png: Uint8Array): Uint8Array {
  const header = 8 + 25;
  const chunks = [
    chunk('tEXt', text(`Author\0${SECRET}`)),
    chunk('eXIf', exif(6, true)),
    chunk('tIME', big(7, 7)),
  ];
  return joined([png.subarray(0, header), ...chunks, png.subarray(header), text(SECRET)]);
}

/** The WebP with EXIF and XMP, of an odd length, and its header saying so. */
export function webpOfPhone(webp: Uint8Array): Uint8Array {
  const part = (type: string, content: Uint8Array): Uint8Array =>
    joined([text(type), little(content.length, 4), content, new Uint8Array(content.length % 2)]);
  const marked = Uint8Array.from(webp);
  marked[20] = (marked[20] ?? 0) | 0x0c;
  const content = joined([marked.subarray(8), part('EXIF', exif(6, true)), part('XMP ', text(`${SECRET}.`))]);
  return joined([text('RIFF'), little(content.length, 4), content, text(SECRET)]);
}

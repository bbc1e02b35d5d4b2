import { checkSize, joined, numberAt, PhotoError, sliceOf, textAt } from './photo.types.js';

const HEADER = 8;
const FRAME = 12;
// What is needed to show the picture in its colours; all else (text, times, EXIF, animation) is left behind.
const PICTURE = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'cICP',
]);

/** A PNG with nothing but its picture: no text, no times, no EXIF, nothing behind its end. */
export function stripPng(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [sliceOf(bytes, 0, HEADER)];
  let drawn = false;
  for (let at = HEADER; ;) {
    const length = numberAt(bytes, at, 4);
    const type = textAt(bytes, at + 4, 4);
    const chunk = sliceOf(bytes, at, at + FRAME + length);
    if ((at === HEADER) !== (type === 'IHDR') || !/^[A-Za-z]{4}$/.test(type))
      throw new PhotoError('The photo is a PNG with a broken chunk. Upload another.');
    if (type === 'IHDR') checkSize(numberAt(chunk, 8, 4), numberAt(chunk, 12, 4));
    // A capital letter first means that no picture can be drawn without it.
    if (/^[A-Z]/.test(type) && !PICTURE.has(type))
      throw new PhotoError(`The photo is a PNG with an unknown part ${type}. Upload another.`);
    if (PICTURE.has(type)) parts.push(chunk);
    drawn ||= type === 'IDAT';
    at += FRAME + length;
    if (type !== 'IEND') continue;
    if (!drawn) throw new PhotoError('The photo is a PNG without a picture. Upload another.');
    return joined(parts);
  }
}

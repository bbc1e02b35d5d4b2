import { checkSize, joined, numberAt, PhotoError, sliceOf, textAt } from './photo.types.js';

const HEADER = 12;
const PICTURE = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP']);
const EXIF_AND_XMP = 0x08 | 0x04;

/** A WebP with nothing but its picture: no EXIF, no XMP, nothing behind its end; a moving one is refused. */
export function stripWebp(bytes: Uint8Array): Uint8Array {
  const end = 8 + numberAt(bytes, 4, 4, true);
  const file = sliceOf(bytes, 0, end);
  const parts: Uint8Array[] = [];
  let drawn = false;
  for (let at = HEADER; at < end;) {
    const type = textAt(file, at, 4);
    const length = numberAt(file, at + 4, 4, true);
    // Chunks stand at even places.
    const next = at + 8 + length + (length % 2);
    const chunk = sliceOf(file, at, next);
    if (type === 'ANIM' || type === 'ANMF')
      throw new PhotoError('The photo is a moving one. Upload one that stands still.');
    if (PICTURE.has(type)) parts.push(type === 'VP8X' ? withoutMetadata(chunk) : chunk);
    if (type === 'VP8 ' || type === 'VP8L') {
      measure(type, chunk);
      drawn = true;
    }
    at = next;
  }
  if (!drawn) throw new PhotoError('The photo is a WebP without a picture. Upload another.');
  return joined([header(parts.reduce((sum, part) => sum + part.length, 4)), ...parts]);
}

function header(length: number): Uint8Array {
  const size = [0, 8, 16, 24].map((bits) => (length >>> bits) & 0xff);
  const words = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
  return Uint8Array.from([...words('RIFF'), ...size, ...words('WEBP')]);
}

/** The extended header, saying that there is no EXIF and no XMP. */
function withoutMetadata(chunk: Uint8Array): Uint8Array {
  checkSize(numberAt(chunk, 12, 3, true) + 1, numberAt(chunk, 15, 3, true) + 1);
  const copy = Uint8Array.from(chunk);
  copy[8] = (copy[8] ?? 0) & ~EXIF_AND_XMP;
  return copy;
}

function measure(type: string, chunk: Uint8Array): void {
  if (type === 'VP8 ') {
    checkSize(numberAt(chunk, 14, 2, true) & 0x3fff, numberAt(chunk, 16, 2, true) & 0x3fff);
    return;
  }
  const bits = numberAt(chunk, 9, 4, true);
  checkSize((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
}

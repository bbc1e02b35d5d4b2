import { checkSize, joined, numberAt, PhotoError, sliceOf, textAt } from './photo.types.js';

const SOS = 0xda;
const EOI = 0xd9;
const EXIF = 'Exif\0\0';

/** A JPEG with nothing but its picture: no EXIF but how it is turned, no XMP, comments, thumbnails or anything behind its end. */
export function stripJpeg(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [sliceOf(bytes, 0, 2)];
  let orientation = 1;
  let framed = false;
  let at = 2;
  for (;;) {
    const marker = markerAt(bytes, at);
    if (marker === EOI) {
      if (!framed) throw new PhotoError('The photo is a JPEG without a picture. Upload another.');
      parts.push(sliceOf(bytes, at, at + 2));
      return joined([parts[0] ?? new Uint8Array(), turned(orientation), ...parts.slice(1)]);
    }
    const length = numberAt(bytes, at + 2, 2);
    if (length < 2) throw new PhotoError('The photo is a JPEG with a broken segment. Upload another.');
    const segment = sliceOf(bytes, at, at + 2 + length);
    if (marker === 0xe1) orientation = orientationIn(segment) ?? orientation;
    if (isFrame(marker)) {
      checkSize(numberAt(segment, 7, 2), numberAt(segment, 5, 2));
      framed = true;
    }
    if (isPicture(marker, segment)) parts.push(segment);
    at += 2 + length;
    if (marker !== SOS) continue;
    const end = endOfScan(bytes, at);
    parts.push(sliceOf(bytes, at, end));
    at = end;
  }
}

function markerAt(bytes: Uint8Array, at: number): number {
  const marker = numberAt(bytes, at + 1, 1);
  if (numberAt(bytes, at, 1) !== 0xff || marker === 0x00 || marker === 0xff)
    throw new PhotoError('The photo is a JPEG with a broken segment. Upload another.');
  return marker;
}

/** Start of frame of any coding. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** What is needed to show the picture in its colours. */
function isPicture(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xe0) return textAt(segment, 4, Math.min(5, segment.length - 4)) === 'JFIF\0';
  // A profile of colours; other things hide in this segment too.
  if (marker === 0xe2) return textAt(segment, 4, Math.min(12, segment.length - 4)) === 'ICC_PROFILE\0';
  if (marker === 0xee) return textAt(segment, 4, Math.min(5, segment.length - 4)) === 'Adobe';
  return marker === SOS || isFrame(marker) || [0xc4, 0xcc, 0xdb, 0xdd].includes(marker);
}

/** Where the next marker stands after coded data, in which 0xff is followed by 0 or by a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = numberAt(bytes, at + 1, 1);
    if (next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new PhotoError('The photo ends in the middle of its data. Upload the whole file.');
}

/** How a camera was held, 1 to 8, by the first directory of an EXIF segment. */
function orientationIn(segment: Uint8Array): number | null {
  if (segment.length < 18 || textAt(segment, 4, 6) !== EXIF) return null;
  const tiff = segment.subarray(10);
  const little = textAt(tiff, 0, 2) === 'II';
  const first = numberAt(tiff, 4, 4, little);
  if (first + 2 > tiff.length) return null;
  const count = numberAt(tiff, first, 2, little);
  for (let place = 0; place < count; place += 1) {
    const entry = first + 2 + place * 12;
    if (entry + 12 > tiff.length) return null;
    if (numberAt(tiff, entry, 2, little) !== 0x0112) continue;
    const value = numberAt(tiff, entry + 8, 2, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF segment that says how the picture is turned and nothing else; nothing when it stands as it is. */
function turned(orientation: number): Uint8Array {
  if (orientation === 1) return new Uint8Array();
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
  const name = [...EXIF].map((letter) => letter.charCodeAt(0));
  return Uint8Array.from([0xff, 0xe1, 0, 2 + name.length + tiff.length, ...name, ...tiff]);
}

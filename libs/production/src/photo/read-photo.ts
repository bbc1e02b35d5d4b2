import { stripJpeg } from './jpeg.js';
import { PhotoError, type PhotoType } from './photo.types.js';
import { stripPng } from './png.js';
import { stripWebp } from './webp.js';

/** The largest photo that is taken, in bytes: 2 MiB. */
export const MAX_PHOTO_BYTES = 2 * 1024 * 1024;

/** A photo to be kept: what it is, and its bytes without anything that tells more than the picture. */
export interface PhotoRead {
  readonly kind: 'PhotoRead';
  readonly type: PhotoType;
  readonly bytes: Uint8Array;
}

/** Why a file is not taken as a photo, and what to do. */
export interface PhotoRefused {
  readonly kind: 'PhotoRefused';
  readonly message: string;
}

/**
 * Reads a JPEG, PNG or WebP by its content, of at most 2 MiB, and takes out all that is not the picture itself: place and
 * time, camera, names, comments, thumbnails, and whatever stands behind its end. Pixels are not decoded.
 */
export function readPhoto(bytes: Uint8Array): PhotoRead | PhotoRefused {
  if (bytes.length > MAX_PHOTO_BYTES)
    return refused(
      `The photo has ${String(bytes.length)} bytes; at most ${String(MAX_PHOTO_BYTES)} are taken.`,
    );
  try {
    if (startsWith(bytes, [0xff, 0xd8, 0xff])) return read('image/jpeg', stripJpeg(bytes));
    if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
      return read('image/png', stripPng(bytes));
    if (
      startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) &&
      startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50])
    )
      return read('image/webp', stripWebp(bytes));
  } catch (error) {
    if (error instanceof PhotoError) return refused(error.message);
    throw error;
  }
  return refused('The file is no JPEG, PNG or WebP. Upload the photo in one of these.');
}

function read(type: PhotoType, bytes: Uint8Array): PhotoRead {
  return { kind: 'PhotoRead', type, bytes };
}

function refused(message: string): PhotoRefused {
  return { kind: 'PhotoRefused', message };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}

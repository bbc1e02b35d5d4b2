export type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp';

/** Leaves the reading of a photo from any depth; `readPhoto` turns it into a refusal with these words. */
export class PhotoError extends Error {
  override name = 'PhotoError';
}

/** The bytes from `from` to before `to`; throws PhotoError when the file ends earlier. */
export function sliceOf(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (from < 0 || to < from || to > bytes.length)
    throw new PhotoError('The photo ends in the middle of its data. Upload the whole file.');
  return bytes.subarray(from, to);
}

/** A whole number of `length` bytes, big-endian unless told otherwise. */
export function numberAt(bytes: Uint8Array, at: number, length: number, littleEndian = false): number {
  const digits = [...sliceOf(bytes, at, at + length)];
  return (littleEndian ? digits.reverse() : digits).reduce((value, digit) => value * 256 + digit, 0);
}

/** ASCII text of `length` bytes. */
export function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...sliceOf(bytes, at, at + length));
}

/** All parts, one after another. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A picture that a browser can hold without harm: each side 1 to 16,384 pixels, 50 million in all. */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width > 16_384 || height > 16_384 || width * height > 50_000_000)
    throw new PhotoError(
      `The photo is ${String(width)} by ${String(height)} pixels; at most 16,384 a side and 50 million in all are taken.`,
    );
}

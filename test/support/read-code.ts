import { createRequire } from 'node:module';
import type { default as Reader } from 'jsqr';

const jsQR = createRequire(import.meta.url)('jsqr') as typeof Reader;
const SCALE = 4;

/** What a QR code says, read by a library that has nothing to do with the one that drew it; `dark(x, y)` tells its modules. */
export function readCode(size: number, dark: (x: number, y: number) => boolean): string | null {
  const side = size * SCALE;
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const value = dark(Math.floor(x / SCALE), Math.floor(y / SCALE)) ? 0 : 255;
      pixels.set([value, value, value, 255], (y * side + x) * 4);
    }
  return jsQR.default(pixels, side, side)?.data ?? null;
}

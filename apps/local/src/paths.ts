import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, without a slash at the end. */
export const root = resolve(fileURLToPath(new URL('../../../', import.meta.url)));

/** Everything a local start keeps; TOUCHMARK_DIR moves it, so that a test can have its own beside a developer's. */
export const stateDir = resolve(process.env['TOUCHMARK_DIR'] ?? `${root}/.touchmark`);

/** A short name for a folder, the same every time and different for another checkout. */
export function folderKey(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12);
}

/** A path below the checkout. */
export const inRoot = (...parts: string[]): string => resolve(root, ...parts);

/** A path below the state folder. */
export const inState = (...parts: string[]): string => resolve(stateDir, ...parts);

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Reads a small JSON file; null when it is missing or was cut off by a crash. */
export function readRecord<T>(file: string): Partial<T> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

/** Replaces a small file in one step, so that a crash leaves the old or the new one, never half; mode 0600 by default. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true });
  const next = `${file}.next`;
  rmSync(next, { force: true });
  writeFileSync(next, text, { mode });
  renameSync(next, file);
}

/** Writes a record that `readRecord` reads back. */
export function writeRecord(file: string, record: object): void {
  writeWhole(file, `${JSON.stringify(record, null, 2)}\n`);
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot } from './paths.ts';
import { readRecord, writeRecord } from './records.ts';

/** A thing that is built: what goes in, what must come out, and how. */
export interface Unit {
  readonly name: string;
  /** Files and folders below the checkout. */
  readonly inputs: readonly string[];
  /** One file that is there when the build was done. */
  readonly output: string;
  /** Run one after the other. */
  readonly commands: readonly (readonly string[])[];
  readonly cwd?: string;
}

const skipped = new Set(['node_modules', 'dist', 'build', '.svelte-kit', 'artifacts', 'cache']);
// Beside what is built, whatever TOUCHMARK_DIR says.
const stampFile = (unit: Unit): string =>
  inRoot('.touchmark/built', `${unit.name.replaceAll('/', '-')}.json`);

/** Every file of a folder (or the one file), without what is made from them. */
export function* filesBelow(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (!skipped.has(entry)) yield* filesBelow(join(path, entry));
  }
}

/** A hash of the content of everything that goes in: times would call a fresh checkout stale, or a switched branch fresh. */
export function inputsHash(unit: Unit): string {
  const hash = createHash('sha256').update(unit.commands.flat().join('\0'));
  for (const input of [...unit.inputs, 'tsconfig.json', 'package-lock.json']) {
    for (const file of filesBelow(inRoot(input))) {
      hash.update(`\0${relative(inRoot(), file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

export function isStale(unit: Unit): boolean {
  if (!existsSync(inRoot(unit.output))) return true;
  return readRecord<{ inputs: string }>(stampFile(unit))?.inputs !== inputsHash(unit);
}

export function markBuilt(unit: Unit, inputs: string): void {
  writeRecord(stampFile(unit), { inputs });
}

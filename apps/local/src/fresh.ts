import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.ts';

/** Files and folders that `npm run generate` writes and that are committed. */
export const generated = ['apps/api/schema.graphql', 'contracts/abi', 'apps/web/src/lib/generated'] as const;

function filesBelow(place: string): string[] {
  const full = inRoot(place);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [place];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((name) => statSync(inRoot(name)).isFile());
}

/** The content of every generated file by its path. */
export const snapshot = (places: readonly string[] = generated): Map<string, string> =>
  new Map(places.flatMap(filesBelow).map((file) => [file, readFileSync(inRoot(file), 'utf8')]));

/** The files that one snapshot holds otherwise than the other, each with what happened to it. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((file) => {
    if (!before.has(file)) return [`${file} was missing`];
    if (!after.has(file)) return [`${file} is no longer generated`];
    return before.get(file) === after.get(file) ? [] : [`${file} was stale`];
  });
}

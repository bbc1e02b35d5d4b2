/** Writes contracts/vectors/*.json; running it again changes nothing. Run: node scripts/generate-vectors.ts */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { digestVectors } from './vectors/digests.ts';
import { documentVectors } from './vectors/documents.ts';
import { identifierVectors } from './vectors/identifiers.ts';
import { treeVectors } from './vectors/trees.ts';

const folder = path.resolve(import.meta.dirname, '../vectors');
const files = {
  identifiers: identifierVectors(),
  digests: await digestVectors(),
  trees: treeVectors(),
  documents: documentVectors(),
};

await mkdir(folder, { recursive: true });
for (const [name, value] of Object.entries(files)) {
  const file = path.join(folder, `${name}.json`);
  const text = JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

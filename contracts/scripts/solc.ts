/** The compiler from npm on our sources, on those of packages, with the settings of everything that is deployed. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { soliditySettings } from '../solidity-settings.ts';

/** The contracts asked for by the file that holds them, and what the compiler shall say about each. */
export type Selection = Record<string, Record<string, string[]>>;
type Output<T> = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, T>>;
};
type Solc = { compile: (input: string, callbacks: { import: (name: string) => object }) => string };

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
export const EAS = '@ethereum-attestation-service/eas-contracts/contracts';

/** Thrown when a source does not compile, with the words of the compiler. */
export class CompilationError extends Error {
  override readonly name = 'CompilationError';
}

/** Compiles; `T` is what the selection asks for. */
export function compile<T>(outputSelection: Selection): (file: string, contract: string) => T {
  const solc = require('solc') as Solc;
  const own = readdirSync(path.join(root, 'receipts')).map((name) => `receipts/${name}`);
  const names = new Set([...own, ...Object.keys(outputSelection)]);
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries([...names].map((name) => [name, sourceOf(name)])),
    settings: { ...soliditySettings, outputSelection },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: answer })) as Output<T>;
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new CompilationError(errors.map((error) => error.formattedMessage).join('\n'));
  return (file, contract) => {
    const found = output.contracts[file]?.[contract];
    if (found === undefined) throw new CompilationError(`${file} holds no contract ${contract}.`);
    return found;
  };
}

/** EAS names one older compiler; the same settings for all ask for ours, so that line alone is read otherwise. */
function sourceOf(name: string): { content: string } {
  const local = path.join(root, name);
  const file = existsSync(local) ? local : require.resolve(name);
  const content = readFileSync(file, 'utf8');
  return {
    content: name.startsWith(EAS)
      ? content.replace(/^pragma solidity [^;]+;/m, 'pragma solidity ^0.8.0;')
      : content,
  };
}

function answer(name: string): object {
  try {
    return { contents: sourceOf(name).content };
  } catch (error) {
    return { error: String(error) };
  }
}

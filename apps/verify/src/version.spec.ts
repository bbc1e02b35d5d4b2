import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { EXIT_BY_VERDICT } from './exit-codes.js';
import { USAGE, VERSION } from './usage.js';

it('tells the version that the package is published with', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect((JSON.parse(text) as { version: string }).version).toBe(VERSION);
});

it('tells in its help and in its README each exit code as it is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const codes = Object.entries(EXIT_BY_VERDICT);
  expect(new Set(codes.map(([, code]) => code)).size).toBe(6);
  for (const [word, code] of codes) {
    expect(USAGE).toContain(`${String(code)} ${word}`);
    expect(readme).toMatch(new RegExp(`\\| ${String(code)} +\\| ${word}:`));
  }
});

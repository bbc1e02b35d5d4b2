import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './tree.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}
interface Cruise {
  readonly summary: { readonly violations: readonly Violation[]; readonly totalCruised: number };
}

const config = path.join(root, '.dependency-cruiser.mjs');
const fixtures = path.join(root, 'test/house/fixtures/direction');
const { default: rules } = (await import(config)) as { default: { forbidden: readonly { name: string }[] } };

function cruise(folder: string): Cruise['summary'] {
  const parts = readdirSync(folder).filter((name) => ['apps', 'contracts', 'libs', 'test'].includes(name));
  const cli = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', ...parts], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (run.stdout === '') throw new Error(`dependency-cruiser printed nothing: ${run.stderr}`);
  return (JSON.parse(run.stdout) as Cruise).summary;
}

describe('direction of imports', () => {
  it('holds in the whole tree', () => {
    const { violations, totalCruised } = cruise(root);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(20);
  });

  it('has a fixture for every rule', () => {
    expect(readdirSync(fixtures).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  it.each(rules.forbidden.map(({ name }) => name))('goes red when %s is broken, and only then', (name) => {
    const { violations } = cruise(path.join(fixtures, name));
    expect([...new Set(violations.map(({ rule }) => rule.name))]).toEqual([name]);
    expect(violations.filter(({ from }) => from.includes('allowed'))).toEqual([]);
  });

  it('sees what a page of the web imports', () => {
    const { violations } = cruise(path.join(fixtures, 'web-knows-only-libs'));
    expect(violations.map(({ from }) => from)).toContain('apps/web/src/routes/+page.svelte');
  });
});

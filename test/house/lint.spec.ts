import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './tree.js';

interface Finding {
  readonly as: string;
  readonly breaks: string;
  readonly found: readonly string[];
}

const fixtures = readdirSync(path.join(root, 'test/house/fixtures/lint'));
const { rules } = (await import(path.join(root, 'test/house/eslint/house-plugin.js'))) as { rules: object };
let findings: Record<string, Finding> = {};

beforeAll(() => {
  const script = path.join(root, 'test/house/eslint/lint-fixtures.js');
  findings = JSON.parse(
    execFileSync(process.execPath, [script], { cwd: root, encoding: 'utf8' }),
  ) as typeof findings;
});

describe('the linter', () => {
  it.each(fixtures)('goes red on %s', (fixture) => {
    const finding = findings[fixture];
    expect(finding?.found).toContain(finding?.breaks);
  });

  it('has a fixture for every rule of the house', () => {
    const broken = new Set(Object.values(findings).map(({ breaks }) => breaks));
    for (const rule of Object.keys(rules)) expect(broken).toContain(`house/${rule}`);
  });
});

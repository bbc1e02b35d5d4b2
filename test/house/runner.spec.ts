import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './tree.js';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly name: string; readonly message: string }[];
}

const { default: config } = (await import(path.join(root, 'jest.config.js'))) as {
  default: { projects: readonly { transform: object; testRunner: string }[] };
};
const folder = path.join(root, 'test/house/fixtures/runner');
let code: number | null = null;
let report: Report;

const said = (file: string): string => {
  const result = report.testResults.find(({ name }) => name === path.join(folder, file));
  if (!result) throw new Error(`${file} was not run; expected a result for each file in ${folder}.`);
  return result.message;
};

beforeAll(() => {
  const { transform, testRunner } = config.projects[0] ?? {};
  const settings = {
    rootDir: root,
    roots: [folder],
    testMatch: [`${folder}/*.spec.ts`],
    transform,
    testRunner,
  };
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const run = spawnSync(
    process.execPath,
    [jest, '--config', JSON.stringify(settings), '--json', '--runInBand'],
    { cwd: folder, encoding: 'utf8' },
  );
  code = run.status;
  report = JSON.parse(run.stdout) as Report;
});

describe('the runner of the tests', () => {
  it('goes red when a test does, and counts every one', () => {
    expect(code).toBe(1);
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = report;
    expect({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }).toEqual({
      numPassedTests: 2,
      numFailedTests: 3,
      numRuntimeErrorTestSuites: 1,
    });
  });

  it('names the line of the source that is wrong', () => {
    expect(said('wrong.spec.ts')).toContain('wrong.spec.ts:7:19');
  });

  it('fails a test that leaves a rejection behind', () => {
    expect(said('left-behind.spec.ts')).toContain('left behind');
  });

  it('fails a test below a hook that throws', () => {
    expect(said('hook.spec.ts')).toContain('no beginning');
  });

  it('fails a file that cannot be loaded', () => {
    expect(said('unloadable.spec.ts')).toContain('missing.js');
  });

  it('runs each file on its own although they share what they import', () => {
    expect(said('right.spec.ts')).toBe('');
  });
});

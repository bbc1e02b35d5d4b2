import { inRoot, inState } from './paths.ts';

/** One part of `npm test`. */
export interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Where Jest writes its counts; the other runners say theirs in words. */
  readonly jestReport?: string;
}

const node = process.execPath;

function jest(project: string, ...more: string[]): Stage {
  const jestReport = inState('test', `${project}.json`);
  const runner = inRoot('node_modules/jest/bin/jest.js');
  const report = ['--json', `--outputFile=${jestReport}`, '--passWithNoTests'];
  return {
    name: project,
    command: [node, runner, '--selectProjects', project, ...report, ...more],
    jestReport,
  };
}

/** Everything, the quickest to fail first; `proof` takes the long form where the form is a matter of the command. */
export function stages(proof: boolean): Stage[] {
  return [
    { name: 'build', command: [node, inRoot('apps/local/src/build.ts')] },
    { name: 'check', command: [node, inRoot('apps/local/src/check.ts')] },
    jest('unit', '--maxWorkers=2'),
    { name: 'contracts', command: ['npm', 'run', '--silent', 'test', '--workspace', 'contracts'] },
    jest('api', '--maxWorkers=2'),
    // A worker for each file: the pages are asked of the API whose address they found when they were loaded.
    jest('web', '--maxWorkers=1', '--workerIdleMemoryLimit=1MB'),
    jest('crash', '--runInBand'),
    // The short forms try for correctness; only the long ones, run by hand, are a measurement.
    ...['booking', 'certificates'].map((name) => ({
      name: 'bench',
      command: [node, inRoot(`test/bench/${name}.ts`), ...(proof ? [] : ['--short'])],
    })),
  ];
}

// npm test: every stage in turn, also after one has failed, and one line at the end.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { inRoot, inState } from './paths.ts';
import { countsInWords, jestCounts, type Counts } from './test-counts.ts';
import { stages, type Stage } from './test-stages.ts';

function run(stage: Stage, proof: boolean): Promise<{ code: number; output: string }> {
  const [command = '', ...args] = stage.command;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: inRoot(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        ...(proof ? { TOUCHMARK_PROOF: '1' } : {}),
      },
    });
    const words: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      words.push(chunk);
      // Jest's report goes to a file and, asked for JSON, to this stream as well.
      if (!stage.jestReport) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      words.push(chunk);
      process.stderr.write(chunk);
    });
    child.once('error', (error) => {
      console.error(error.message);
      resolve({ code: 1, output: '' });
    });
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: Buffer.concat(words).toString() });
    });
  });
}

function countsOf(stage: Stage, code: number, output: string): Counts {
  const counts = stage.jestReport ? jestCounts(stage.jestReport) : countsInWords(output);
  // A stage that failed without naming a test is itself the failure.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const proof = process.argv.includes('--proof');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = stages(proof).filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const total = { passed: 0, failed: 0 };
mkdirSync(inState('test'), { recursive: true });

for (const stage of chosen) {
  console.log(`\n=== ${stage.name}`);
  const startedAt = performance.now();
  if (stage.jestReport) rmSync(stage.jestReport, { force: true });
  const { code, output } = await run(stage, proof);
  const { passed, failed } = countsOf(stage, code, output);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`=== ${stage.name}: ${String(passed)} passed, ${String(failed)} failed in ${seconds} s`);
}
console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

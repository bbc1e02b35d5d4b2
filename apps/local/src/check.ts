// npm run check: everything that can be said about the code without running the product.
import { spawn } from 'node:child_process';
import { checks, generation, preparations, type Step } from './check-steps.ts';
import { differences, snapshot } from './fresh.ts';
import { inRoot } from './paths.ts';

interface Result {
  readonly name: string;
  readonly passed: boolean;
}

const atOnce = 2;

function run(step: Step): Promise<{ readonly passed: boolean; readonly output: string }> {
  return new Promise((done) => {
    const [program = '', ...args] = step.command;
    const path = `${inRoot('node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    const env = { ...process.env, PATH: path, NO_COLOR: '1' };
    const child = spawn(program, args, { cwd: step.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const keep = (chunk: Buffer) => output.push(chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      done({ passed: false, output: `${program} did not start: ${error.message}` });
    });
    child.on('close', (code) => {
      done({ passed: code === 0, output: Buffer.concat(output).toString('utf8') });
    });
  });
}

function report(name: string, passed: boolean, startedAt: number, output: string): Result {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (!passed) console.log(`\n${output.trim()}\n`);
  return { name, passed };
}

async function runAndReport(step: Step): Promise<Result> {
  const startedAt = performance.now();
  const { passed, output } = await run(step);
  return report(step.name, passed, startedAt, output);
}

async function runAll(steps: readonly Step[]): Promise<Result[]> {
  const waiting = [...steps];
  const results: Result[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await runAndReport(next));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Alone and last: it writes files that the other checks read. */
async function checkFreshness(): Promise<Result> {
  const step = generation();
  const startedAt = performance.now();
  const before = snapshot();
  const { passed, output } = await run(step);
  if (!passed) return report(step.name, false, startedAt, output);
  const stale = differences(before, snapshot());
  const advice = `${stale.join('\n')}\nThe files are fresh now: look at the change and commit it.`;
  return report(step.name, stale.length === 0, startedAt, advice);
}

const results = [...(await runAll(preparations())), ...(await runAll(checks())), await checkFreshness()];
const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
console.log(
  failed.length === 0
    ? `check: ${results.length} passed`
    : `check: ${results.length - failed.length} passed, ${failed.length} failed (${failed.join(', ')})`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

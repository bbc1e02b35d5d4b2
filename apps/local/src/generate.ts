// npm run generate: writes every generated file that is committed. Running it twice changes nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { buildStale } from './build.ts';
import { inRoot } from './paths.ts';
import { writeWhole } from './records.ts';

function run(command: string, args: readonly string[]): string {
  const answer = spawnSync(command, args, { cwd: inRoot(), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (answer.status === 0) return answer.stdout;
  const reason = answer.error ? answer.error.message : `${answer.stdout}${answer.stderr}`.trim();
  throw new Error(`${[command, ...args].join(' ')} failed:\n${reason}`);
}

/** Written only when it differs, so that what is built from it is not stale for nothing. */
function writeSchema(): void {
  const file = inRoot('apps/api/schema.graphql');
  const schema = run(process.execPath, [inRoot('apps/api/dist/print-schema.js')]);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== schema) writeWhole(file, schema, 0o644);
}

function generateIn(workspace: string): void {
  run('npm', ['run', 'generate', '--silent', '--if-present', '--workspace', workspace]);
}

try {
  generateIn('contracts');
  console.log('  contracts     ABI and vectors');
  // The pages are built from what is generated here: they come later.
  await buildStale(undefined, (name) => name !== 'apps/web');
  writeSchema();
  console.log('  apps/api      schema.graphql');
  // After the schema: its typed documents are made from it.
  generateIn('apps/web');
  console.log('  apps/web      typed documents');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

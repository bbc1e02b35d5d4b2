// `node run.mjs start [arguments]` runs src/start.ts on Node 24, whatever Node the npm script was started with;
// a name with a slash is a script below the checkout.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [name, ...args] = process.argv.slice(2);
const script = new URL(name.includes('/') ? `../../${name}` : `./src/${name}.ts`, import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= 24) {
  process.argv.splice(1, 2, fileURLToPath(script));
  await import(script.href);
} else {
  const node24 = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
  const child = spawn(node24, [fileURLToPath(script), ...args], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both of us: the child decides when it is done.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  child.on('error', (error) => {
    console.error(`${node24} does not run: ${error.message}. Run "npm ci" and try again.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

// Runs a script of the product with the settings of the local start, unless a database is named in the environment.
import { spawn } from 'node:child_process';
import { keepState, startAnvil } from './anvil.ts';
import { buildStale } from './build.ts';
import { ensureContract } from './contract.ts';
import { localEnv } from './env.ts';
import { ensureKeys } from './keys.ts';
import { inRoot, inState } from './paths.ts';
import { anvilOptions, databaseName, keyFolders, postgresOptions } from './places.ts';
import { startPostgres } from './postgres.ts';

async function withLocalServices(
  work: (env: Readonly<Record<string, string>>) => Promise<number>,
): Promise<number> {
  const [postgres, anvil] = await Promise.all([startPostgres(postgresOptions()), startAnvil(anvilOptions())]);
  try {
    const keys = keyFolders();
    ensureKeys(keys);
    const { address } = await ensureContract(anvil.url, inState('chain.json'));
    const port = Number(process.env['PORT'] ?? '3000');
    const env = localEnv({
      port,
      url: `http://127.0.0.1:${String(port)}`,
      databaseUrl: postgres.url(databaseName),
      chainUrl: anvil.url,
      contract: address,
      keys,
    });
    return await work(env.api);
  } finally {
    // What a running start is using stays up.
    if (!anvil.adopted) await keepState(anvilOptions()).then(() => anvil.stop());
    if (!postgres.adopted) await postgres.stop();
  }
}

function run(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inRoot(script), ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

const [script = '', ...args] = process.argv.slice(2);
try {
  await buildStale(undefined, (name) => name !== 'apps/web');
  process.exitCode = process.env['DATABASE_URL']
    ? await run(script, args, {})
    : await withLocalServices((env) => run(script, args, env));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

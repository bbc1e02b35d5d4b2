import { mkdirSync } from 'node:fs';
import { buildStale } from './build.ts';
import { stopLeftovers, type Child } from './children.ts';
import { alignChainClock } from './chain-clock.ts';
import { ensureContract, fundKeys } from './contract.ts';
import { localEnv } from './env.ts';
import { ensureKeys } from './keys.ts';
import { migrateDatabase } from './migrate.ts';
import { inState, stateDir } from './paths.ts';
import { keyFolders } from './places.ts';
import { playedStory, playStory, type Story } from './play-story.ts';
import { tryPort } from './ports.ts';
import { startProduct, type ProductEnv } from './product.ts';
import { line, sinceStart, step } from './report.ts';
import { onParentGone, releaseStateFolder, takeStateFolder } from './runner-lock.ts';
import { startServices } from './services.ts';
import { exit, isStopping, onStop, stopOnSignals } from './shutdown.ts';

function wantedPort(): number {
  const text = process.env['PORT'] ?? '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`PORT is "${text}"; accepted: a whole number from 1 to 65535. Try PORT=3000 npm start.`);
}

async function requirePort(port: number): Promise<void> {
  if ((await tryPort(port)) !== null) return;
  throw new Error(
    `Port ${String(port)} on 127.0.0.1 is taken by another program; expected it to be free for Touchmark. ` +
      `End that program, or choose another port: PORT=${String(port + 1)} npm start.`,
  );
}

/** Takes folder and port, and stops what an earlier, killed start left behind. */
async function takePlace(port: number, url: string): Promise<void> {
  mkdirSync(stateDir, { recursive: true, mode: 0o755 });
  await takeStateFolder(url);
  onStop(releaseStateFolder);
  const leftovers = await stopLeftovers();
  if (leftovers.length > 0) line('cleared', `${leftovers.join(', ')} of an earlier start`);
  await requirePort(port);
}

/** Everything below the product: built code, database, chain, keys, contract, tables. */
async function prepare(port: number, url: string): Promise<ProductEnv> {
  const keys = keyFolders();
  ensureKeys(keys);
  const build = step(
    'build',
    () => buildStale(),
    (built) => (built.length > 0 ? built.join(', ') : 'nothing is stale'),
  );
  const [{ anvil, databaseUrl }] = await Promise.all([startServices(), build]);
  const deploy = async (): ReturnType<typeof ensureContract> => {
    await fundKeys(anvil.url, keys);
    return ensureContract(anvil.url, inState('chain.json'));
  };
  const contract = await step(
    'contract',
    deploy,
    (made) => `${made.address}${made.deployed ? ', deployed' : ''}`,
  );
  await step(
    'migrations',
    async () => {
      await migrateDatabase(databaseUrl);
      await alignChainClock(anvil.url, databaseUrl);
    },
    () => 'up to date',
  );
  return localEnv({ port, url, databaseUrl, chainUrl: anvil.url, contract: contract.address, keys });
}

function stopWithTheFirst(children: readonly Child[]): void {
  for (const child of children) {
    void child.ended.then((how) => {
      if (isStopping()) return;
      console.error(
        `\nThe ${child.name} process ended by itself (${how}); see ${child.logFile}. Stopping everything.`,
      );
      void exit(1);
    });
  }
}

async function start(): Promise<void> {
  const port = wantedPort();
  const url = `http://127.0.0.1:${String(port)}`;
  await takePlace(port, url);
  const env = await prepare(port, url);
  stopWithTheFirst(
    await step(
      'product',
      () => startProduct(env, url),
      () => 'ready',
    ),
  );
  const story =
    playedStory() ??
    (await step(
      'story',
      () => playStory(url, env.api),
      () => 'played',
    ));
  greet(url, story);
}

function greet(url: string, story: Story): void {
  const people = story.people.map(({ role, how }) => `    ${role.padEnd(12)} ${how}`).join('\n');
  console.log(`
  Touchmark is ready after ${sinceStart()}.

  The product           ${url}
  A genuine certificate ${story.certificateUrl}
  Sign in as
${people}

  Ctrl-C ends it. Data, logs and keys are in ${stateDir}
`);
}

stopOnSignals(() => {
  console.log('\n  Stopping ...');
});
onParentGone(() => {
  if (!isStopping()) void exit(1);
});
try {
  await start();
} catch (error) {
  if (!isStopping()) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    await exit(1);
  }
}

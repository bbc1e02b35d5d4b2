import { mkdirSync } from 'node:fs';
import { buildStale } from './build.ts';
import { stopLeftovers } from './children.ts';
import { ensureContract, fundKeys } from './contract.ts';
import { localEnv } from './env.ts';
import { ensureKeys } from './keys.ts';
import { migrateDatabase } from './migrate.ts';
import { inState, stateDir } from './paths.ts';
import { playedStory, playStory, type Story } from './play-story.ts';
import { tryPort } from './ports.ts';
import { startProduct } from './product.ts';
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

async function start(): Promise<void> {
  const port = wantedPort();
  const url = `http://127.0.0.1:${String(port)}`;
  mkdirSync(stateDir, { recursive: true, mode: 0o755 });
  await takeStateFolder(url);
  onStop(releaseStateFolder);
  const leftovers = await stopLeftovers();
  if (leftovers.length > 0) line('cleared', `${leftovers.join(', ')} of an earlier start`);
  await requirePort(port);

  const keys = { all: inState('keys'), publisher: inState('keys-publisher') };
  ensureKeys(keys.all, keys.publisher);
  const [services] = await Promise.all([
    startServices(),
    step(
      'build',
      () => buildStale(),
      (built) => (built.length > 0 ? built.join(', ') : 'nothing is stale'),
    ),
  ]);
  const contract = await step(
    'contract',
    async () => {
      await fundKeys(services.anvil.url, keys.all);
      return ensureContract(services.anvil.url, inState('chain.json'));
    },
    ({ address, deployed }) => `${address}${deployed ? ', deployed' : ''}`,
  );
  await step(
    'migrations',
    () => migrateDatabase(services.databaseUrl),
    () => 'up to date',
  );

  const env = localEnv({
    port,
    url,
    databaseUrl: services.databaseUrl,
    chainUrl: services.anvil.url,
    contract: contract.address,
    keys,
  });
  const children = await step(
    'product',
    () => startProduct(env, url),
    () => 'ready',
  );
  for (const child of children) {
    void child.ended.then((how) => {
      if (isStopping()) return;
      console.error(
        `\nThe ${child.name} process ended by itself (${how}); see ${child.logFile}. Stopping everything.`,
      );
      void exit(1);
    });
  }
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

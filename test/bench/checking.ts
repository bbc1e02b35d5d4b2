// One anchored certificate behind one API process, or two, and how often a second anybody may have it checked.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleText } from '@touchmark/certificates';
import pg from 'pg';
import { startAnvil } from '../../apps/local/src/anvil.ts';
import { ensureKeys } from '../../apps/local/src/keys.ts';
import { migrateDatabase } from '../../apps/local/src/migrate.ts';
import { ensureDatabase, startPostgres } from '../../apps/local/src/postgres.ts';
import { callRpc } from '../../apps/local/src/rpc.ts';
import { type ReceiptsStory, tellReceiptsStory } from '../support/receipts-story.ts';
import { Connection } from './http-client.ts';
import { type Closers, startApi } from './stage.ts';

const VERIFY = 'query ($input: VerifyInput!) { verify(input: $input) { word axes { axis finding } } }';
const CLIENTS = 8;

export interface Checking {
  readonly perSecond: readonly [number, number];
  readonly failures: readonly string[];
}

/** Measures with one API process and then with two, `seconds` each after as long a warm-up. */
export async function measureChecks(seconds: number, closers: Closers): Promise<Checking> {
  const { env, text } = await furnish(closers);
  const apis = [await startApi(env, closers), await startApi(env, closers)];
  const failures: string[] = [];
  const rates: number[] = [];
  for (const processes of [1, 2]) {
    const used = apis.slice(0, processes);
    await ask(used, text, seconds);
    const measured = await ask(used, text, seconds);
    rates.push(measured.perSecond);
    failures.push(...measured.failures);
  }
  return { perSecond: [rates[0] ?? 0, rates[1] ?? 0], failures };
}

async function ask(
  apis: readonly string[],
  bundle: string,
  seconds: number,
): Promise<{ perSecond: number; failures: string[] }> {
  const failures: string[] = [];
  let done = 0;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const client = async (place: number): Promise<void> => {
    const api = new Connection(apis[place % apis.length] ?? '');
    while (performance.now() < until) {
      type Data = { verify: { word: string } };
      const { verify } = await api.ask<Data>(null, VERIFY, { input: { bundle } });
      if (verify.word === 'GENUINE') done += 1;
      else failures.push(verify.word);
    }
    api.close();
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, place) => client(place)));
  return { perSecond: done / ((performance.now() - startedAt) / 1000), failures };
}

async function furnish(closers: Closers): Promise<{ env: NodeJS.ProcessEnv; text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'touchmark-bench-'));
  // PostgreSQL does not run as root: its own user must be able to enter.
  chmodSync(folder, 0o755);
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const inside = (name: string): string => join(folder, name);
  const postgres = await startPostgres({
    ...{ dataDir: inside('data'), recordFile: inside('postgres.json'), logFile: inside('postgres.log') },
    ...{ fallbackRoot: folder, throwAway: true },
  });
  closers.push(() => postgres.stop());
  await ensureDatabase(postgres, 'bench');
  const databaseUrl = postgres.url('bench');
  await migrateDatabase(databaseUrl);
  const chain = await startAnvil({
    ...{ stateFile: inside('state.json'), recordFile: inside('anvil.json'), logFile: inside('anvil.log') },
    throwAway: true,
  });
  closers.push(() => chain.stop());
  const story = await tellReceiptsStory(
    (method, params) => callRpc(chain.url, method, params),
    'bench.example',
  );
  // What the story told is final two blocks later.
  await callRpc(chain.url, 'anvil_mine', ['0x3']);
  await vouchFor(databaseUrl, story);
  const keys = { all: inside('keys'), publisher: inside('keys-publisher') };
  ensureKeys(keys);
  const [first] = story.bundles;
  if (first === undefined) throw new Error('the story has no certificate');
  const env = {
    ...{ ...process.env, NODE_ENV: 'production', TOUCHMARK_MODE: 'test', DATABASE_URL: databaseUrl },
    ...{ CHAIN_RPC_URLS: chain.url, RECEIPTS_CONTRACT: story.home.contract, CHECKS_PER_MINUTE: '1000000' },
    ...{ DATABASE_POOL_SIZE: '10', KEYS_DIR: keys.all, MAIL_DIR: inside('mail'), LOG_LEVEL: 'warn' },
  };
  return { env, text: bundleText(first) };
}

/** Lets the installation vouch for the issuer of the story, as for one that it named itself. */
async function vouchFor(databaseUrl: string, { home, issuer, domain }: ReceiptsStory): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(
    `WITH made AS (
       INSERT INTO coop (kind, slug, name, currency, domain, gtin_prefix, created_at)
       VALUES ('coop', 'bench', 'Bench', 'EUR', $4, '400000001', now()) RETURNING id)
     INSERT INTO issuer (coop_id, chain_id, contract, address, domain, signer, publisher, ready_at)
     SELECT id, $1, $2, $3, $4, $3, $3, now() FROM made`,
    [home.chainId, home.contract, issuer, domain],
  );
  await database.end();
}

import { access, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Hex, addressOfKey } from '@touchmark/certificates';
import pg from 'pg';
import { type KeyHolder, problemsOfKeys } from './key-guard.js';
import type { Config } from './platform/config/config.js';

/** Why production must not start with these settings and this database; each is one sentence with its mend. */
export type ProductionRefusal = (config: Config, client: pg.Client) => Promise<string | undefined>;

async function refusesClockOffset(_config: Config, client: pg.Client): Promise<string | undefined> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM clock_offset WHERE step <> '0' OR frozen_at IS NOT NULL`,
  );
  return rowCount === 0
    ? undefined
    : 'The clock is offset or frozen (table clock_offset); production runs on real time.';
}

async function refusesSandbox(config: Config): Promise<string | undefined> {
  return Promise.resolve(
    config.payments === 'sandbox'
      ? 'PAYMENTS is "sandbox"; production takes no play money. Set PAYMENTS=none until a provider is configured.'
      : undefined,
  );
}

async function refusesDemoAccounts(_config: Config, client: pg.Client): Promise<string | undefined> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM account WHERE email LIKE '%.touchmark.test' LIMIT 1`,
  );
  return rowCount === 0
    ? undefined
    : 'There are demo accounts (…@*.touchmark.test); use a database of its own for production.';
}

const KEY = /^0x[0-9a-f]{64}$/;

// The accounts of the mnemonic "test test test test test test test test test test test junk", which every local chain
// starts with and everybody can sign for.
const PUBLIC_ACCOUNTS = new Set([
  '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266',
  '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  '0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc',
  '0x90f79bf6eb2c4f870365e785982e1f101e93b906',
  '0x15d34aaf54267db7d7c367839aaf71a00a2c6a65',
  '0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc',
  '0x976ea74026e726554db657fa54763abd0c3a0aa9',
  '0x14dc79964da2c08b23698b3d3cc7ca32193d9955',
  '0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f',
  '0xa0ee7a142d267c1f36714e4a8f75612f20a79720',
]);

async function isPublic(file: string, given: string | undefined): Promise<boolean> {
  const key = (given ?? (await readFile(file, 'utf8').catch(() => ''))).trim().toLowerCase();
  return KEY.test(key) && PUBLIC_ACCOUNTS.has(addressOfKey(key as Hex).toLowerCase());
}

async function refusesDevelopmentKeys({ keysDir, keys }: Config): Promise<string | undefined> {
  const marked = await access(join(keysDir, 'DEVELOPMENT')).then(
    () => true,
    () => false,
  );
  if (marked)
    return `KEYS_DIR ${keysDir} holds keys that were made for development (file DEVELOPMENT); give production keys of its own.`;
  const files = await readdir(keysDir).catch(() => []);
  const names = [...new Set([...files, ...keys.keys()])].filter((name) => name.endsWith('.key'));
  const known = await Promise.all(
    names.map((name) => isPublic(join(keysDir, name), keys.get(name)).catch(() => false)),
  );
  const found = names.filter((_, place) => known[place]);
  return found.length === 0
    ? undefined
    : `${found.join(', ')} in KEYS_DIR is a key that every local chain publishes; give production keys of its own.`;
}

const REFUSALS: ProductionRefusal[] = [
  refusesClockOffset,
  refusesSandbox,
  refusesDemoAccounts,
  refusesDevelopmentKeys,
];

/** In production, prints every reason not to start and ends the process with 1; elsewhere does nothing. */
export async function refuseUnsafeProduction(config: Config, holder: KeyHolder = 'api'): Promise<void> {
  if (config.mode !== 'production') return;
  const client = new pg.Client({ connectionString: config.databaseUrl });
  await client.connect();
  const reasons: string[] = [];
  for (const refusal of REFUSALS) {
    const reason = await refusal(config, client);
    if (reason !== undefined) reasons.push(reason);
  }
  await client.end();
  reasons.push(...(await problemsOfKeys(config, holder)));
  if (reasons.length === 0) return;
  process.stderr.write(`Touchmark will not start in production:\n${reasons.join('\n')}\n`);
  process.exit(1);
}

import pg from 'pg';
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

const REFUSALS: ProductionRefusal[] = [refusesClockOffset, refusesSandbox, refusesDemoAccounts];

/** In production, prints every reason not to start and ends the process with 1; elsewhere does nothing. */
export async function refuseUnsafeProduction(config: Config): Promise<void> {
  if (config.mode !== 'production') return;
  const client = new pg.Client({ connectionString: config.databaseUrl });
  await client.connect();
  const found = await Promise.all(REFUSALS.map((refusal) => refusal(config, client)));
  await client.end();
  const reasons = found.filter((reason) => reason !== undefined);
  if (reasons.length === 0) return;
  process.stderr.write(`Touchmark will not start in production:\n${reasons.join('\n')}\n`);
  process.exit(1);
}

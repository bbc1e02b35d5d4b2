import { keepState, startAnvil, type Anvil } from './anvil.ts';
import { startHeartbeat } from './heartbeat.ts';
import { anvilOptions, databaseName, postgresOptions } from './places.ts';
import { ensureDatabase, startPostgres, type Postgres } from './postgres.ts';
import { step } from './report.ts';
import { mineForRounds } from './round-blocks.ts';
import { onStop } from './shutdown.ts';

export interface Services {
  readonly postgres: Postgres;
  readonly anvil: Anvil;
  readonly databaseUrl: string;
}

const found = (service: { adopted: boolean; port: number }): string =>
  `127.0.0.1:${String(service.port)}${service.adopted ? ', still running' : ''}`;

/** Starts (or adopts) the database and the chain of the state folder, and keeps the chain's finality moving. */
export async function startServices(): Promise<Services> {
  const [postgres, anvil] = await Promise.all([
    step('database', openDatabase, found),
    step('chain', openChain, found),
  ]);
  let beats = 0;
  const endHeartbeat = startHeartbeat(anvil.url, 1_000, async () => {
    beats += 1;
    if (beats % 5 !== 0) return;
    await keepState(anvilOptions());
    await mineForRounds(anvil.url, postgres.url(databaseName));
  });
  onStop(endHeartbeat);
  return { postgres, anvil, databaseUrl: postgres.url(databaseName) };
}

async function openDatabase(): Promise<Postgres> {
  const starting = startPostgres(postgresOptions());
  // Registered before it runs: a stop during the start waits for it instead of leaving it behind.
  onStop(async () => (await starting.catch(() => null))?.stop());
  const postgres = await starting;
  await ensureDatabase(postgres, databaseName);
  return postgres;
}

async function openChain(): Promise<Anvil> {
  const starting = startAnvil(anvilOptions());
  onStop(async () => (await starting.catch(() => null))?.stop());
  return starting;
}

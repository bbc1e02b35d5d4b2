import { keepState, startAnvil, type Anvil, type AnvilOptions } from './anvil.ts';
import { startHeartbeat } from './heartbeat.ts';
import { inState } from './paths.ts';
import { ensureDatabase, startPostgres, type Postgres } from './postgres.ts';
import { step } from './report.ts';
import { onStop } from './shutdown.ts';

/** The demo story begins three weeks ago, and a block cannot be older than the first one. */
const storySeconds = 22 * 24 * 3600;
const databaseName = 'touchmark';

export interface Services {
  readonly postgres: Postgres;
  readonly anvil: Anvil;
  readonly databaseUrl: string;
}

const found = (service: { adopted: boolean; port: number; pid: number }): string =>
  `127.0.0.1:${String(service.port)}${service.adopted ? ', still running' : ''}`;

/** Starts (or adopts) the database and the chain of the state folder, and keeps the chain's finality moving. */
export async function startServices(): Promise<Services> {
  const anvilOptions: AnvilOptions = {
    stateFile: inState('anvil/state.json'),
    recordFile: inState('anvil/anvil.json'),
    logFile: inState('logs/anvil.log'),
    behindSeconds: storySeconds,
  };
  const [postgres, anvil] = await Promise.all([
    step('database', openDatabase, found),
    step('chain', () => openChain(anvilOptions), found),
  ]);
  let beats = 0;
  const endHeartbeat = startHeartbeat(anvil.url, 1_000, async () => {
    beats += 1;
    if (beats % 5 === 0) await keepState(anvilOptions);
  });
  onStop(endHeartbeat);
  return { postgres, anvil, databaseUrl: postgres.url(databaseName) };
}

async function openDatabase(): Promise<Postgres> {
  const postgres = await startPostgres({
    dataDir: inState('postgres/data'),
    recordFile: inState('postgres/postgres.json'),
    logFile: inState('logs/postgres.log'),
  });
  onStop(() => postgres.stop());
  await ensureDatabase(postgres, databaseName);
  return postgres;
}

async function openChain(options: AnvilOptions): Promise<Anvil> {
  const anvil = await startAnvil(options);
  onStop(() => anvil.stop());
  return anvil;
}

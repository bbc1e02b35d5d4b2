import type { AnvilOptions } from './anvil.ts';
import type { KeyFolders } from './keys.ts';
import { inState } from './paths.ts';
import type { PostgresOptions } from './postgres.ts';

export const databaseName = 'touchmark';

/** The demo story begins three weeks ago, and no block can be older than the chain's first. */
const storySeconds = 22 * 24 * 3600;

/** The database server of the state folder. */
export const postgresOptions = (): PostgresOptions => ({
  dataDir: inState('postgres/data'),
  recordFile: inState('postgres/postgres.json'),
  logFile: inState('logs/postgres.log'),
});

/** The chain of the state folder. */
export const anvilOptions = (): AnvilOptions => ({
  stateFile: inState('anvil/state.json'),
  recordFile: inState('anvil/anvil.json'),
  logFile: inState('logs/anvil.log'),
  behindSeconds: storySeconds,
});

/** The keys of the state folder. */
export const keyFolders = (): KeyFolders => ({ all: inState('keys'), publisher: inState('keys-publisher') });

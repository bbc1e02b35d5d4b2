import type { KeyFolders } from './keys.ts';
import { inState } from './paths.ts';
import type { ProductEnv } from './product.ts';

export interface LocalSettings {
  readonly port: number;
  readonly url: string;
  readonly databaseUrl: string;
  readonly chainUrl: string;
  readonly contract: string;
  readonly keys: KeyFolders;
}

/** The settings of each process on one machine; the publisher sees no key but its own. */
export function localEnv(settings: LocalSettings): ProductEnv {
  const common = {
    NODE_ENV: 'development',
    TOUCHMARK_MODE: 'development',
    DATABASE_URL: settings.databaseUrl,
    CHAIN_RPC_URLS: settings.chainUrl,
    RECEIPTS_CONTRACT: settings.contract,
    PUBLIC_URL: settings.url,
    PORT: String(settings.port),
    MAIL_DIR: inState('mail'),
    CREDENTIALS: 'on',
    // Three processes parse the same code at every start; kept compiled, they are ready sooner.
    NODE_COMPILE_CACHE: inState('compile-cache'),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
  };
  const api = { ...common, KEYS_DIR: settings.keys.all };
  return { api, worker: api, publisher: { ...common, KEYS_DIR: settings.keys.publisher } };
}

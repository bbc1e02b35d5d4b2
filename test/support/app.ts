import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../apps/api/src/platform/config/config.js';
import { JobRunner } from '../../apps/api/src/platform/jobs/index.js';
import { mountPages } from '../../apps/api/src/pages.js';
import { freePort } from '../../apps/local/src/ports.ts';
import { createTestChain, type TestChain } from './chain.js';
import { testClock, type TestClock } from './clock.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { graphqlClient, type GraphqlClient } from './graphql-client.js';

export interface TestAppOptions {
  /** A chain that the test made; the app makes (and closes) one on the shared node otherwise. */
  readonly chain?: TestChain;
  /** Run jobs and sweeps in this process as well. */
  readonly worker?: boolean;
  /** Serve the web pages, which must have been built. */
  readonly pages?: boolean;
  /** Settings that differ from those of a test. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real API on a port of its own, with a database, a contract and keys that no other test file sees. */
export interface TestApp extends GraphqlClient {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nest: NestExpressApplication;
  readonly database: TestDatabase;
  readonly chain: TestChain;
  readonly clock: TestClock;
  /** Where mail is written instead of being sent. */
  readonly mailDir: string;
  stop(): Promise<void>;
}

/** Starts the API in this process; call `stop` in `afterAll`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const [database, chain] = await Promise.all([createTestDatabase(), options.chain ?? createTestChain()]);
  const mailDir = mkdtempSync(join(tmpdir(), 'touchmark-mail-'));
  const settings = {
    TOUCHMARK_MODE: 'test',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '20',
    CHAIN_RPC_URLS: chain.rpcUrl,
    RECEIPTS_CONTRACT: chain.contract,
    KEYS_DIR: chain.keysDir,
    MAIL_DIR: mailDir,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
  };
  const cleanUp = async (): Promise<void> => {
    await database.drop();
    if (!options.chain) await chain.close();
    rmSync(mailDir, { recursive: true, force: true });
  };
  const { nest, url, env } = await start(settings, options).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await nest.close();
    await cleanUp();
  };
  return {
    url,
    env,
    nest,
    database,
    chain,
    clock: testClock(database),
    mailDir,
    stop,
    ...graphqlClient(url),
  };
}

interface Started {
  readonly nest: NestExpressApplication;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts on a port that is free; another process may take it in between, and then another one is looked for. */
async function start(settings: Readonly<Record<string, string>>, options: TestAppOptions): Promise<Started> {
  for (;;) {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const env = { ...settings, PUBLIC_URL: url, PORT: port, ...options.env };
    const config = loadConfig(env);
    const nest = await createApp(config);
    if (options.pages) await mountPages(nest, config);
    const isTaken = await nest.listen(config.port, config.host).then(
      () => false,
      async (error: unknown) => {
        await nest.close();
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
        return true;
      },
    );
    if (isTaken) continue;
    if (options.worker) await nest.get(JobRunner).start();
    return { nest, url, env };
  }
}

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../apps/local/src/ports.ts';
import { createTestChain, type TestChain } from '../../support/chain.js';
import { testClock } from '../../support/clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { type ProductProcess, builtProduct, startProcess } from '../../support/product-process.js';
import { until } from '../../support/until.js';

// The first key of the mnemonic with which every local chain starts.
const PUBLISHED_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const PROCESSES = ['main.js', 'worker.js', 'publisher.js'];

describe('a start in production', () => {
  let database: TestDatabase;
  let chain: TestChain;
  let keysDir: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    await builtProduct();
    [database, chain] = await Promise.all([createTestDatabase(), createTestChain()]);
    keysDir = mkdtempSync(join(tmpdir(), 'touchmark-production-'));
    cpSync(chain.keysDir, keysDir, { recursive: true, filter: (file) => !file.endsWith('DEVELOPMENT') });
    const port = String(await freePort());
    env = {
      TOUCHMARK_MODE: 'production',
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      CHAIN_RPC_URLS: chain.rpcUrl,
      RECEIPTS_CONTRACT: chain.contract,
      PUBLIC_URL: 'https://touchmark.example.org',
      PORT: port,
      KEYS_DIR: keysDir,
      SMTP_URL: 'smtp://mail.example.org',
      PAYMENTS: 'none',
    };
  });
  afterAll(async () => {
    await database.drop();
    await chain.close();
    rmSync(keysDir, { recursive: true, force: true });
  });

  /** Starts with these changes; what the process printed when it refused. */
  async function refusal(changes: Readonly<Record<string, string>>, script = 'main.js'): Promise<string> {
    const child = startProcess(script, { ...env, ...changes });
    expect(await child.ended()).toBe(1);
    return child.output();
  }

  async function running(script: string, word: string, work: (child: ProductProcess) => Promise<void>) {
    const child = startProcess(script, env);
    try {
      await child.printed(word);
      await work(child);
    } finally {
      child.signal('SIGTERM');
    }
    expect(await child.ended()).toBe('SIGTERM');
  }

  it('with settings of its own serves the API, without a page of local mail', async () => {
    await running('main.js', 'the API listens', async () => {
      const url = `http://127.0.0.1:${String(env['PORT'])}`;
      const ready = await until('the API to be ready', async () => {
        const answer = await fetch(`${url}/health/ready`);
        return answer.status === 200 && answer;
      });
      expect(await ready.json()).toMatchObject({ status: 'ok' });
      expect((await fetch(`${url}/dev/mail`)).status).toBe(404);
    });
  });

  it.each(PROCESSES)(
    'of %s is refused for demo keys, play money, a wrong clock and demo accounts',
    async (script) => {
      await testClock(database).step(1000);
      await database.query(
        `insert into account (kind, email, display_name, created_at)
       values ('person', 'member@demo.touchmark.test', 'Member', now())`,
      );
      const keys = script === 'publisher.js' ? chain.publisherKeysDir : chain.keysDir;
      const printed = await refusal({ PAYMENTS: '', KEYS_DIR: keys }, script);
      await testClock(database).release();
      await database.query('delete from account');
      expect(printed.trim().split('\n')).toEqual([
        'Touchmark will not start in production:',
        expect.stringMatching(/^The clock is offset or frozen/),
        expect.stringMatching(/^PAYMENTS is "sandbox"/),
        expect.stringMatching(/^There are demo accounts/),
        expect.stringMatching(/ holds keys that were made for development/),
      ]);
    },
  );

  it('is refused with a key that every local chain publishes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchmark-published-'));
    cpSync(keysDir, folder, { recursive: true });
    writeFileSync(join(folder, 'gas.key'), `${PUBLISHED_KEY}\n`);
    const printed = await refusal({ KEYS_DIR: folder });
    rmSync(folder, { recursive: true });
    expect(printed).toContain('gas.key in KEYS_DIR is a key that every local chain publishes');
    expect(printed).not.toContain(PUBLISHED_KEY.slice(2, 12));
  });

  it('is refused without a key for sign-in, and says how to make one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchmark-keyless-'));
    const printed = await refusal({ KEYS_DIR: folder });
    rmSync(folder, { recursive: true });
    expect(printed).toContain('openssl genpkey');
  });

  it('is refused with mail that goes to files', async () => {
    expect(await refusal({ SMTP_URL: '', MAIL_DIR: keysDir })).toContain('SMTP_URL is not set');
  });

  it('is refused for a frozen clock alone', async () => {
    await testClock(database).freeze(new Date());
    const printed = await refusal({});
    await testClock(database).release();
    expect(printed).toContain('The clock is offset or frozen');
    expect(printed.trim().split('\n')).toHaveLength(2);
  });

  it('names a wrong setting, what it was and what is accepted', async () => {
    expect(await refusal({ PORT: '70000', KEYS_DIR: '' })).toBe(
      [
        'Touchmark cannot start:',
        'PORT is "70000"; accepted: a whole number from 0 to 65535 (3000 when it is not set).',
        'KEYS_DIR is not set; accepted: the path of the folder that holds the key files.\n',
      ].join('\n'),
    );
  });

  it('says in a sentence that the database does not answer', async () => {
    const printed = await refusal({ DATABASE_URL: 'postgres://touchmark:secret@127.0.0.1:1/touchmark' });
    expect(printed).toContain('ECONNREFUSED');
    expect(printed).not.toContain('secret');
  });
});

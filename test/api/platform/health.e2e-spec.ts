import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../apps/local/src/ports.ts';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type CutLine, openLine } from '../../support/cut-line.js';
import { type ProductProcess, builtProduct, startProcess } from '../../support/product-process.js';
import { promised } from '../../support/proof.js';
import { until } from '../../support/until.js';

interface Readiness {
  readonly status: string;
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
}

describe('readiness', () => {
  let app: TestApp;
  let toDatabase: CutLine;
  let toChain: CutLine;
  let api: ProductProcess;
  let url: string;

  beforeAll(async () => {
    await builtProduct();
    app = await startTestApp();
    [toDatabase, toChain] = await Promise.all([openLine(app.database.url), openLine(app.chain.rpcUrl)]);
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    api = startProcess('main.js', {
      ...app.env,
      PORT: port,
      PUBLIC_URL: url,
      LOG_LEVEL: 'info',
      DATABASE_URL: toDatabase.url,
      CHAIN_RPC_URLS: `${toChain.url}?key=tell-no-one`,
    });
    await api.printed('the API listens');
  });
  afterAll(async () => {
    api.signal('SIGTERM');
    await api.ended();
    await Promise.all([toDatabase.close(), toChain.close()]);
    await app.stop();
  });

  async function ready(): Promise<{ status: number; body: Readiness; text: string }> {
    const response = await fetch(`${url}/health/ready`);
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as Readiness };
  }
  const failing = (body: Readiness): string[] =>
    Object.entries(body.checks).flatMap(([name, found]) => (found.ok ? [] : [name]));
  const untilReady = () => until('the API to be ready', async () => (await ready()).status === 200);

  it('is given with its reasons while everything answers', async () => {
    await untilReady();
    const { body } = await ready();
    expect(Object.keys(body.checks).sort()).toEqual(['chain', 'database', 'jobs', 'migrations']);
  });

  it('ends with 503 while the chain is away, names it alone, and comes back by itself', async () => {
    toChain.cut();
    const { status, body, text } = await ready();
    expect([status, failing(body)]).toEqual([503, ['chain']]);
    expect(text + api.output()).not.toContain('tell-no-one');
    expect(text).not.toContain('127.0.0.1');
    toChain.restore();
    await untilReady();
  });

  it('ends with 503 within 5 s when the chain takes calls and answers none', async () => {
    toChain.silence();
    const startedAt = performance.now();
    const { status, body } = await ready();
    expect(performance.now() - startedAt).toBeLessThan(promised(5000));
    expect([status, failing(body)]).toEqual([503, ['chain']]);
    expect(body.checks['chain']?.detail).toBe('does not answer within 4 s');
    toChain.restore();
    await untilReady();
  });

  it('ends with 503 while the database is away, stays alive, and comes back by itself', async () => {
    toDatabase.cut();
    const { status, body, text } = await ready();
    expect([status, failing(body)]).toEqual([503, ['database', 'migrations', 'jobs']]);
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|touchmark@/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    toDatabase.restore();
    await untilReady();
  });

  it('ends with 503 while a migration is missing or jobs stand still', async () => {
    await app.database.query(
      `update migrations set name = name || 'x' where id = (select max(id) from migrations)`,
    );
    await app.database.query(
      `select graphile_worker.add_job('mail_sign_in_code', '{}', run_at := now() - interval '2 minutes')`,
    );
    const { status, body } = await ready();
    await app.database.query(`update migrations set name = left(name, -1) where name like '%x'`);
    await app.database.query('delete from graphile_worker._private_jobs');
    expect([status, failing(body)]).toEqual([503, ['migrations', 'jobs']]);
    await untilReady();
  });
});

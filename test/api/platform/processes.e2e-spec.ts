import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../../../apps/local/src/ports.ts';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestMember, aCoop } from '../../support/builders/membership.js';
import { graphqlClient } from '../../support/graphql-client.js';
import { mailsTo } from '../../support/mail.js';
import { type ProductProcess, builtProduct, startProcess } from '../../support/product-process.js';
import { promised } from '../../support/proof.js';
import { until } from '../../support/until.js';

const RESUMED_MS = 10_000;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }`;
const ASK = `mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { __typename } }`;
const WAITING = `select count(*)::int as count from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query ilike $1`;
const HELD_JOBS = `select locked_by from graphile_worker._private_jobs job
  join graphile_worker._private_tasks task on task.id = job.task_id
  where task.identifier = 'prepare_password_reset' and locked_at is not null`;
const LONG_AGO = `update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where locked_at is not null`;
// Due in an hour, so that no worker takes it before it says who holds it.
const SPARE_JOB = `select id from graphile_worker.add_job('mail_sign_in_code', '{}', run_at := now() + interval '1 hour')`;
const HELD_BY_DEAD = `update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now() - interval '1 minute'
  where id = $1`;
const LAST_ATTEMPT = `update graphile_worker._private_jobs set attempts = max_attempts where locked_at is not null`;

describe('a process of the product', () => {
  let app: TestApp;
  const started: ProductProcess[] = [];
  const holds: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    await builtProduct();
    app = await startTestApp();
  });
  afterEach(async () => {
    // Also after a failure: a worker that goes on would take the jobs of the next test.
    const children = started.splice(0);
    for (const child of children) child.signal('SIGKILL');
    await Promise.all(children.map((child) => child.ended()));
    for (const release of holds.splice(0)) await release();
  });
  afterAll(async () => {
    await app.stop();
  });

  function start(script: string, changes: Readonly<Record<string, string>> = {}): ProductProcess {
    const child = startProcess(script, { ...app.env, LOG_LEVEL: 'info', ...changes });
    started.push(child);
    return child;
  }

  /** Holds the row of an account back, so that whoever needs it stands still in mid-run until `release`. */
  async function holding(accountId: string): Promise<{ release(): Promise<void> }> {
    const client = new pg.Client({ connectionString: app.database.url });
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from account where id = $1 for update', [accountId]);
    const release = async (): Promise<void> => {
      // Ending a connection rolls back what it holds; a second time it does nothing.
      await client.end();
    };
    holds.push(release);
    return { release };
  }

  async function untilWaiting(statement: string): Promise<void> {
    await until(`"${statement}" to wait for a row`, async () => {
      const [row] = await app.database.query<{ count: number }>(WAITING, [statement]);
      return (row?.count ?? 0) > 0;
    });
  }

  /** A worker that stands still in the middle of its job for this person. */
  async function inMidJob(person: TestMember) {
    const worker = start('worker.js');
    await worker.printed('the worker works');
    const held = await holding(person.accountId);
    await app.gql(ASK, { email: person.email });
    await untilWaiting('insert into password_reset%');
    return { worker, held };
  }

  it.each([
    ['a job', false],
    ['a job on its last attempt', true],
  ])(
    'that is killed with %s in its hands leaves it to the next, who has done it within 10 s',
    async (_what, last) => {
      const { admin } = await aCoop(app);
      const { worker, held } = await inMidJob(admin);
      if (last) await app.database.query(LAST_ATTEMPT);
      worker.signal('SIGKILL');
      expect(await worker.ended()).toBe('SIGKILL');
      expect(await app.database.query(HELD_JOBS)).toHaveLength(1);
      await held.release();
      const next = start('worker.js');
      await next.printed('the worker works');
      const startedAt = performance.now();
      await until('the mail', () => mailsTo(app, admin.email).length > 0);
      expect(performance.now() - startedAt).toBeLessThan(promised(RESUMED_MS));
      await next.printed('jobs of workers that died were unlocked');
      expect(await app.database.query(HELD_JOBS)).toHaveLength(0);
      expect(mailsTo(app, admin.email)).toHaveLength(1);
      next.signal('SIGTERM');
      expect(await next.ended()).toBe('SIGTERM');
    },
  );

  it('keeps a job that takes long while the jobs of the dead are taken from them', async () => {
    const { admin } = await aCoop(app);
    const { worker, held } = await inMidJob(admin);
    await app.database.query(LONG_AGO);
    const [before] = await app.database.query<{ locked_by: string }>(HELD_JOBS);
    const [spare] = await app.database.query<{ id: string }>(SPARE_JOB);
    await app.database.query(HELD_BY_DEAD, [spare?.id]);
    await worker.printed('jobs of workers that died were unlocked');
    expect(worker.output()).toContain('"workers":1');
    expect(await app.database.query(HELD_JOBS)).toEqual([before]);
    await held.release();
    await until('the mail', () => mailsTo(app, admin.email).length > 0);
    expect(mailsTo(app, admin.email)).toHaveLength(1);
    worker.signal('SIGTERM');
    expect(await worker.ended()).toBe('SIGTERM');
  });

  it('that is asked to end finishes the job in its hands first', async () => {
    const { admin } = await aCoop(app);
    const { worker, held } = await inMidJob(admin);
    worker.signal('SIGTERM');
    await untilWaiting('insert into password_reset%');
    await held.release();
    expect(await worker.ended()).toBe('SIGTERM');
    expect(worker.output()).not.toContain('a job failed');
    expect(
      await app.database.query('select 1 from password_reset where account_id = $1', [admin.accountId]),
    ).toHaveLength(1);
    expect(await app.database.query(HELD_JOBS)).toHaveLength(0);
  });

  it('that is asked to end answers the request in its hands first and takes no new one', async () => {
    const { admin } = await aCoop(app);
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const api = start('main.js', { PORT: port, PUBLIC_URL: url });
    await api.printed('the API listens');
    const held = await holding(admin.accountId);
    const answer = graphqlClient(url).gql(SIGN_IN, {
      input: { email: admin.email, password: admin.password },
    });
    await untilWaiting('%from account where id%for no key update');
    api.signal('SIGTERM');
    await until('new connections to be refused', () =>
      fetch(`${url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await held.release();
    expect(await answer).toEqual({ signIn: { __typename: 'SignedIn' } });
    expect(await api.ended()).toBe('SIGTERM');
  });
});

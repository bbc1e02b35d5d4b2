import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Transactions,
  violatedConstraint,
  type Transaction,
} from '../../../apps/api/src/platform/database/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';

const INSERT = 'INSERT INTO probe (id, value) VALUES ($1, $2)';
const ADD = 'UPDATE probe SET value = value + $2 WHERE id = $1';
const KEPT = { kind: 'Kept' } as const;

let app: TestApp;
let transactions: Transactions;

beforeAll(async () => {
  app = await startTestApp();
  transactions = app.nest.get(Transactions, { strict: false });
  await app.database.query(`
    CREATE TABLE probe (id integer CONSTRAINT probe_pkey PRIMARY KEY, value integer NOT NULL);
    CREATE SEQUENCE commits;
    CREATE FUNCTION judge_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      CASE NEW.value
        WHEN -1 THEN RAISE 'no' USING ERRCODE = '23514', CONSTRAINT = 'probe_judged';
        WHEN -2 THEN IF nextval('commits') < 3 THEN RAISE 'again' USING ERRCODE = '40001'; END IF;
        WHEN -3 THEN PERFORM nextval('commits'); RAISE 'again' USING ERRCODE = '40001';
        WHEN -4 THEN PERFORM pg_terminate_backend(pg_backend_pid());
        ELSE NULL;
      END CASE;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER probe_judged AFTER INSERT ON probe DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION judge_commit();`);
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.database.query(`TRUNCATE probe; SELECT setval('commits', 1, false)`);
});

const rows = (): Promise<{ id: number; value: number }[]> =>
  app.database.query('SELECT id, value FROM probe ORDER BY id');

/** Runs `work` and expects it to be kept. */
const keeping = (work: (tx: Transaction) => Promise<void>): Promise<{ kind: 'Kept' }> =>
  transactions.run(['Kept'], async (tx) => {
    await work(tx);
    return KEPT;
  });

/** Sends one row and is done. */
const keepingRow = (id: number, value: number): Promise<{ kind: 'Kept' }> =>
  keeping((tx) => {
    tx.send(INSERT, [id, value]);
    return Promise.resolve();
  });

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const processIdOf = async (tx: Transaction): Promise<number> => {
  const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return row?.pid ?? 0;
};

describe('a transaction', () => {
  it('keeps what was asked and what was sent, in their order', async () => {
    await keeping(async (tx) => {
      tx.send(INSERT, [1, 10]);
      await tx.query(ADD, [1, 5]);
      tx.send(ADD, [1, 1]);
    });
    expect(await rows()).toEqual([{ id: 1, value: 16 }]);
  });

  it('keeps nothing when the outcome is a refusal, sent statements included', async () => {
    const refused = await transactions.run(['Kept'], async (tx) => {
      await tx.query(INSERT, [1, 1]);
      tx.send(INSERT, [2, 2]);
      return { kind: 'Refused' };
    });
    expect(refused).toEqual({ kind: 'Refused' });
    expect(await rows()).toEqual([]);
  });

  it('throws the error of a sent statement that failed and keeps nothing of what came before or after', async () => {
    const failure = await failureOf(
      keeping(async (tx) => {
        await tx.query(INSERT, [1, 1]);
        tx.send(INSERT, [1, 2]);
        tx.send(INSERT, [3, 3]);
      }),
    );
    expect(violatedConstraint(failure)).toBe('probe_pkey');
    expect(await rows()).toEqual([]);
  });

  it('throws the error of the sent statement that failed, not that of the question asked after it', async () => {
    const failure = await failureOf(
      keeping(async (tx) => {
        tx.send(INSERT, [1, 1]);
        tx.send(INSERT, [1, 2]);
        await tx.query(ADD, [1, 1]);
      }),
    );
    expect(violatedConstraint(failure)).toBe('probe_pkey');
    expect(await rows()).toEqual([]);
  });

  it('never takes the rollback with which a spoilt transaction answers a commit for a commit', async () => {
    const failure = await failureOf(
      keeping(async (tx) => {
        await tx.query(INSERT, [1, 1]);
        await tx.query(INSERT, [1, 2]).catch(() => undefined);
      }),
    );
    expect(violatedConstraint(failure)).toBe('probe_pkey');
    expect(await rows()).toEqual([]);
  });

  it('throws what a constraint says at the commit, and keeps nothing', async () => {
    const failure = await failureOf(keepingRow(1, -1));
    expect(violatedConstraint(failure)).toBe('probe_judged');
    expect(await rows()).toEqual([]);
  });

  it('takes no statement after its end, so that nothing is written outside of it', async () => {
    const late: Promise<unknown>[] = [];
    let ended = (): void => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const failure = await failureOf(
      keeping(async (tx) => {
        late.push(failureOf(end.then(() => tx.query(INSERT, [7, 7]))));
        late.push(
          failureOf(
            end.then(() => {
              tx.send(INSERT, [8, 8]);
            }),
          ),
        );
        await tx.query(INSERT, [1, 1]);
        throw new Error('work failed while another branch of it goes on');
      }),
    );
    ended();
    expect(failure).toMatchObject({ message: 'work failed while another branch of it goes on' });
    for (const refused of await Promise.all(late))
      expect(refused).toMatchObject({ name: 'TransactionEndedError' });
    expect(await rows()).toEqual([]);
  });

  it('can ask again what was first asked in a transaction that had failed', async () => {
    const first = `SELECT value, 'asked for the first time' AS note FROM probe`;
    let [before, after] = [0, 0];
    const failure = await failureOf(
      keeping(async (tx) => {
        before = await processIdOf(tx);
        tx.send(INSERT, [1, 1]);
        tx.send(INSERT, [1, 1]);
        await tx.query(first);
      }),
    );
    expect(violatedConstraint(failure)).toBe('probe_pkey');
    await keeping(async (tx) => {
      after = await processIdOf(tx);
      await tx.query(INSERT, [1, 1]);
      expect(await tx.query(first)).toEqual([{ value: 1, note: 'asked for the first time' }]);
    });
    expect(after).toBe(before);
  });
});

describe('a statement that its connection has prepared', () => {
  /** Runs `text` in a transaction of its own on whatever connection is free, which is the same one every time. */
  const asked = (text: string): Promise<{ kind: 'Kept'; rows: unknown[] }> =>
    transactions.run(['Kept'], async (tx) => ({ kind: 'Kept', rows: await tx.query(text) }));

  it('fails in its own words each time when it is none', async () => {
    for (let time = 0; time < 3; time += 1)
      expect(await failureOf(asked('SELECT nothing FROM nowhere'))).toMatchObject({ code: '42P01' });
    expect((await asked('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('is prepared anew after a migration has changed what it answers', async () => {
    const text = 'SELECT * FROM migrated';
    await app.database.query('CREATE TABLE migrated (value) AS SELECT 1');
    expect((await asked(text)).rows).toEqual([{ value: 1 }]);
    await app.database.query('ALTER TABLE migrated ALTER COLUMN value TYPE text');
    expect(await failureOf(asked(text))).toMatchObject({ code: '0A000' });
    expect((await asked(text)).rows).toEqual([{ value: '1' }]);
  });

  it('takes every kind of value as the driver does', async () => {
    const values = [1, -2n, true, 'ä\u0001', new Date('2026-03-29T01:00:00.001Z'), Buffer.from([0, 255])];
    const text = `SELECT $1::integer AS a, $2::bigint AS b, $3::boolean AS c, $4::text AS d, $5::timestamptz AS e,
      $6::bytea AS f, $7::text AS g, $8::text[] AS h, $9::jsonb AS i, $10::timestamptz AS j`;
    const more = [null, ['x', '{"', null], { k: [1] }, new Date('-000043-03-15T12:00:00Z')];
    const { rows: seen } = await transactions.run(['Kept'], async (tx) => ({
      kind: 'Kept',
      rows: await tx.query(text, [...values, ...more]),
    }));
    const [a, , c, d, e, f] = values;
    const [g, h, i, j] = more;
    expect(seen).toEqual([{ a, b: '-2', c, d, e, f, g, h, i, j }]);
    expect(seen).toEqual(await app.database.query(text, [...values, ...more]));
  });
});

describe('a transaction that PostgreSQL wants again', () => {
  it('runs again from its start when the commit asks for it', async () => {
    let runs = 0;
    await keeping((tx) => {
      runs += 1;
      tx.send(INSERT, [1, -2]);
      return Promise.resolve();
    });
    expect(runs).toBe(3);
    expect(await rows()).toEqual([{ id: 1, value: -2 }]);
  });

  it('says TRY_AGAIN after three attempts and keeps nothing', async () => {
    const failure = await failureOf(keepingRow(1, -3));
    expect(failure).toMatchObject({ extensions: { code: 'TRY_AGAIN' } });
    expect(await app.database.query('SELECT last_value::integer AS attempts FROM commits')).toEqual([
      { attempts: 3 },
    ]);
    expect(await rows()).toEqual([]);
  });

  it.each([
    ['a statement that was sent', false],
    ['a question that came after the sent statement', true],
  ])('runs again when %s meets a deadlock, and both sides are kept once', async (_, asks) => {
    await keeping(async (tx) => {
      await tx.query(INSERT, [1, 0]);
      await tx.query(INSERT, [2, 0]);
    });
    let waiting = 2;
    let both = (): void => undefined;
    const met = new Promise<void>((resolve) => {
      both = resolve;
    });
    let oneIsKept = (): void => undefined;
    const kept = new Promise<void>((resolve) => {
      oneIsKept = resolve;
    });
    let runs = 0;
    const cross = async (first: number, second: number): Promise<void> => {
      await keeping(async (tx) => {
        runs += 1;
        // The victim's second run could meet the other side once more; here it comes when that is done.
        if (runs > 2) await kept;
        await tx.query(ADD, [first, 1]);
        waiting -= 1;
        if (waiting === 0) both();
        await met;
        tx.send(ADD, [second, 1]);
        if (asks) await tx.query('SELECT value FROM probe WHERE id = $1', [second]);
      });
      oneIsKept();
    };
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(runs).toBe(3);
    expect(await rows()).toEqual([
      { id: 1, value: 2 },
      { id: 2, value: 2 },
    ]);
  });
});

describe('a transaction that loses its connection', () => {
  const working = async (): Promise<void> => {
    await keepingRow(9, 9);
    expect(await rows()).toEqual([{ id: 9, value: 9 }]);
  };

  it('throws and keeps nothing, and the process goes on with another connection', async () => {
    const failure = await failureOf(
      keeping(async (tx) => {
        await tx.query(INSERT, [1, 1]);
        await app.database.query('SELECT pg_terminate_backend($1, 5000)', [await processIdOf(tx)]);
        tx.send(INSERT, [2, 2]);
      }),
    );
    expect(failure).toBeInstanceOf(Error);
    await working();
  });

  it('throws and keeps nothing when it is lost while a sent statement runs', async () => {
    const failure = await failureOf(
      keeping(async (tx) => {
        tx.send(INSERT, [1, 1]);
        tx.send('SELECT pg_terminate_backend(pg_backend_pid())');
        tx.send(INSERT, [2, 2]);
        await tx.query(ADD, [2, 1]);
      }),
    );
    expect(failure).toMatchObject({ code: '57P01' });
    await working();
  });

  it('throws and keeps nothing when it is lost in the commit', async () => {
    const failure = await failureOf(keepingRow(1, -4));
    expect(failure).toMatchObject({ code: '57P01' });
    await working();
  });
});

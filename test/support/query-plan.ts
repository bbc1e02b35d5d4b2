import pg from 'pg';
import type { Queryable } from '../../apps/api/src/platform/database/index.js';
import type { TestDatabase } from './database.js';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** What one statement does to the tables: the rows it looks at, and the tables it reads from end to end. */
export interface Reading {
  readonly rows: number;
  readonly tableScans: readonly string[];
}

const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

const looked = (node: Node): number =>
  node['Relation Name'] === undefined
    ? 0
    : (node['Actual Rows'] +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0)) *
      node['Actual Loops'];

/** The one statement that `ask` sends. */
async function statementOf(
  ask: (q: Queryable) => Promise<unknown>,
): Promise<readonly [text: string, values: readonly unknown[]]> {
  const asked: [string, readonly unknown[]][] = [];
  await ask({
    query: (text, values = []) => {
      asked.push([text, values]);
      return Promise.resolve([]);
    },
  });
  const [statement, ...more] = asked;
  if (statement === undefined || more.length > 0)
    throw new Error(`expected one statement, saw ${String(asked.length)}`);
  return statement;
}

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Node }];
}

function readingIn(row: Explained | undefined): Reading {
  if (row === undefined) throw new Error('EXPLAIN gave no plan');
  const plan = nodes(row['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] !== '_private_jobs');
  return {
    rows: plan.reduce((sum, node) => sum + looked(node), 0),
    tableScans: plan
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '')
      .filter((name) => name !== '_private_tasks' && name !== '_private_job_queues'),
  };
}

const EXPLAIN = 'EXPLAIN (ANALYZE, FORMAT JSON)';

/** Runs the one statement that `ask` sends, under EXPLAIN ANALYZE, and adds up its plan; jobs are not counted. */
export async function readingOf(
  database: TestDatabase,
  ask: (q: Queryable) => Promise<unknown>,
): Promise<Reading> {
  const [text, values] = await statementOf(ask);
  const [row] = await database.query<Explained>(`${EXPLAIN} ${text}`, values);
  return readingIn(row);
}

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return `'${value.toISOString()}'`;
  if (typeof value === 'string') return pg.escapeLiteral(value);
  throw new Error('a parameter is neither text nor an instant nor null');
};

/** The same by the plan that PostgreSQL makes without looking at the parameters, which may be text, instants and null. */
export async function readingPlannedOnce(
  database: TestDatabase,
  ask: (q: Queryable) => Promise<unknown>,
): Promise<Reading> {
  const [text, values] = await statementOf(ask);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('SET plan_cache_mode = force_generic_plan');
    await client.query(`PREPARE planned AS ${text}`);
    const run = `${EXPLAIN} EXECUTE planned(${values.map(literal).join(', ')})`;
    return readingIn((await client.query<Explained>(run)).rows[0]);
  } finally {
    await client.end();
  }
}

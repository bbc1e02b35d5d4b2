import pg, { type Connection, type FieldDef, type QueryResultRow } from 'pg';
import { Statements, type Statement } from './statements.js';

/** What PostgreSQL takes as a parameter: text, bytes or null. */
type Parameter = string | Buffer | null;

/** The answer to one statement. */
export interface Answer<Row> {
  readonly rows: Row[];
  /** What PostgreSQL says that it did: `SELECT 3`, `COMMIT`, `ROLLBACK`. */
  readonly command: string;
}

// A migration has changed what a prepared statement answers.
const STALE_PLAN = '0A000';

const { utils } = pg as unknown as { readonly utils: { prepareValue(value: unknown): Parameter } };

function parameterOf(value: unknown): Parameter {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  // The same instant as the driver writes, which asks for the local time zone and pads each field by hand.
  if (value instanceof Date && value.getTime() >= 0 && value.getTime() < 253_402_300_800_000)
    return value.toISOString();
  return utils.prepareValue(value);
}

/** One statement of a batch and who waits for its answer. */
export class Ask<Row extends QueryResultRow = QueryResultRow> {
  readonly answer: Promise<Answer<Row>>;
  readonly parameters: readonly Parameter[];
  resolve!: (answer: Answer<Row>) => void;
  reject!: (error: unknown) => void;

  constructor(
    readonly text: string,
    values: readonly unknown[],
  ) {
    this.parameters = values.map(parameterOf);
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/**
 * Statements that travel together: one write, one answer. They run in their order, each with its own snapshot; when
 * one fails PostgreSQL skips those behind it, which then fail with the same error. It is a `pg.Query` so that the
 * driver lets it stand in its pipeline.
 */
export class Batch extends pg.Query {
  private readonly statements: Statement[] = [];
  private readonly preparedHere = new Set<Statement>();
  private known: Statements | undefined;
  private current = 0;
  // Not `rows`: the driver reads that as the size of a page.
  private found: QueryResultRow[] = [];

  constructor(private readonly asks: readonly Ask[]) {
    super({ text: 'a batch' });
  }

  override submit = (connection: Connection): void => {
    const known = (this.known = Statements.of(connection));
    connection.stream.cork();
    try {
      for (const ask of this.asks) this.write(connection, known, ask);
    } finally {
      connection.sync();
      connection.stream.uncork();
    }
  };

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.statements[this.current]?.describe(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const columns = this.statements[this.current]?.columns ?? [];
    const row: QueryResultRow = {};
    for (const [index, column] of columns.entries()) {
      const text = fields[index] ?? null;
      row[column.name] = text === null ? null : column.parse(text);
    }
    this.found.push(row);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const statement = this.statements[this.current];
    // A statement without rows is never described.
    if (statement !== undefined) statement.columns ??= [];
    const rows = this.found;
    this.found = [];
    this.asks[this.current]?.resolve({ rows, command: text });
    this.current += 1;
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleError(error: unknown): void {
    const stale = error instanceof pg.DatabaseError && error.code === STALE_PLAN;
    for (const statement of this.statements.slice(this.current))
      if (stale || this.preparedHere.has(statement)) this.known?.forget(statement);
    for (const ask of this.asks.slice(this.current)) ask.reject(error);
    this.current = this.asks.length;
  }

  /** All have been answered by then, one way or the other. */
  handleReadyForQuery(): void {
    if (this.current < this.asks.length)
      this.handleError(new Error('a batch ended before all of its statements were answered'));
  }

  private write(connection: Connection, known: Statements, { text, parameters }: Ask): void {
    const statement = known.prepared(connection, text);
    connection.bind({ statement: statement.name, values: [...parameters] }, true);
    if (statement.columns === null) {
      // It may stand in this batch twice; then it is described twice.
      this.preparedHere.add(statement);
      connection.describe({ type: 'P' }, true);
    }
    connection.execute(null, true);
    this.statements.push(statement);
  }
}

import { createHash } from 'node:crypto';
import pg, { type Connection, type FieldDef } from 'pg';

/** One column of an answer: its name, and how its text becomes a value. */
export interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

const parserOf = pg.types.getTypeParser as (oid: number) => (text: string) => unknown;
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

/** A statement on one connection: sent to be prepared, and described by its first answer. */
export class Statement {
  readonly name: string;
  columns: readonly Column[] | null = null;

  constructor(readonly text: string) {
    this.name = nameOf(text);
  }

  describe(fields: readonly FieldDef[]): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: parserOf(dataTypeID),
    }));
  }
}

/** What one connection has prepared, so that each text is parsed and described once per connection. */
export class Statements {
  private static readonly ofConnection = new WeakMap<Connection, Statements>();
  private readonly known = new Map<string, Statement>();
  /** Those whose preparing may have failed: closing one that is not there is no error, preparing one that is there is. */
  private readonly doubtful = new Set<string>();

  static of(connection: Connection): Statements {
    let statements = this.ofConnection.get(connection);
    if (statements === undefined) {
      statements = new Statements();
      this.ofConnection.set(connection, statements);
    }
    return statements;
  }

  /** The statement with this text; sends what prepares it when this connection does not have it yet. */
  prepared(connection: Connection, text: string): Statement {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const statement = new Statement(text);
    const { name } = statement;
    if (this.doubtful.delete(name)) connection.close({ type: 'S', name }, true);
    connection.parse({ name, text, types: [] }, true);
    this.known.set(text, statement);
    return statement;
  }

  /** Takes back that `statement` is prepared, after a failure at or before it. */
  forget({ text, name }: Statement): void {
    this.known.delete(text);
    this.doubtful.add(name);
  }
}

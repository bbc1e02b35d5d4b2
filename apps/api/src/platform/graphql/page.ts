import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { isUuid } from './uuid.js';

const LARGEST_PAGE = 100;

/** Forward paging by keyset: `first` items after the cursor `after`. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many, 1 to 100.' })
  first!: number;
  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  after?: string | null;
}

/** A checked page request: how many rows, and the sort keys of the last row seen. */
export interface PageRequest {
  readonly limit: number;
  readonly after: readonly string[] | null;
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** Checks `args` and opens its cursor, which must hold `keys` sort keys. */
export function pageRequest(args: PageArgs, keys: number): PageRequest {
  if (args.first < 1 || args.first > LARGEST_PAGE)
    throw badInput(`first was ${String(args.first)}; a page has 1 to ${String(LARGEST_PAGE)} items.`);
  if (args.after === undefined || args.after === null) return { limit: args.first, after: null };
  try {
    const opened: unknown = JSON.parse(Buffer.from(args.after, 'base64url').toString('utf8'));
    if (Array.isArray(opened) && opened.length === keys && opened.every((key) => typeof key === 'string'))
      return { limit: args.first, after: opened };
  } catch {
    // Falls through to the one refusal: a cursor is opaque, so how it is broken does not matter.
  }
  throw badInput(
    'after is not a cursor of this list. Leave it out for the first page, or send an endCursor back unchanged.',
  );
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** Cuts `rows` (fetched with limit + 1) into a page; `keysOf` gives the sort keys that make the cursor. */
export function connectionOf<Row, Node>(
  rows: readonly Row[],
  request: PageRequest,
  keysOf: (row: Row) => readonly string[],
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const edges = rows.slice(0, request.limit).map((row) => ({
    cursor: Buffer.from(JSON.stringify(keysOf(row))).toString('base64url'),
    node: nodeOf(row),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > request.limit,
      hasPreviousPage: request.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A page of a list that is sorted by id alone; a cursor that holds no id is the end of the list. */
export async function pageById<Row extends { readonly id: string }>(
  args: PageArgs,
  load: (request: PageRequest) => Promise<readonly Row[]>,
): Promise<Connection<Row>> {
  const request = pageRequest(args, 1);
  const known = request.after?.every(isUuid) ?? true;
  return connectionOf(
    known ? await load(request) : [],
    request,
    ({ id }) => [id],
    (row) => row,
  );
}

/** Makes the Relay connection type of `node`, called `<name>Connection`. */
export function connectionType<Node>(node: Type<Node>, name: string): Type<Connection<Node>> {
  @ObjectType(`${name}Edge`)
  class NodeEdge {
    @Field(() => String) cursor!: string;
    @Field(() => node) node!: Node;
  }
  @ObjectType(`${name}Connection`)
  class NodeConnection {
    @Field(() => [NodeEdge]) edges!: NodeEdge[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
  }
  return NodeConnection;
}

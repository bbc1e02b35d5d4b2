/** Who asks: nobody, a person with a bearer token, or a brand with an API key. */
export interface Caller {
  readonly token?: string;
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>;
}

export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly GraphqlError[];
}

export interface GraphqlClient {
  /** The whole answer, errors included. */
  ask<Data>(query: string, variables?: object, caller?: Caller): Promise<GraphqlAnswer<Data>>;
  /** The data of an answer without errors; throws when there are any. */
  gql<Data>(query: string, variables?: object, caller?: Caller): Promise<Data>;
}

/** GraphQL over HTTP with nothing but fetch: it shares no code with the product that it tests. */
export function graphqlClient(baseUrl: string): GraphqlClient {
  async function ask<Data>(
    query: string,
    variables: object = {},
    caller: Caller = {},
  ): Promise<GraphqlAnswer<Data>> {
    const response = await fetch(`${baseUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...headersOf(caller),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    let body: { data?: Data | null; errors?: GraphqlError[] };
    try {
      body = JSON.parse(text) as typeof body;
    } catch {
      throw new Error(
        `Expected JSON from ${baseUrl}/graphql, got ${String(response.status)}: ${text.slice(0, 500)}`,
      );
    }
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  async function gql<Data>(query: string, variables: object = {}, caller: Caller = {}): Promise<Data> {
    const { status, data, errors } = await ask<Data>(query, variables, caller);
    if (errors.length > 0 || data === null) {
      throw new Error(
        `GraphQL answered ${String(status)}: ${JSON.stringify(errors)} to ${query.trim().slice(0, 200)}`,
      );
    }
    return data;
  }

  return { ask, gql };
}

/** Both kinds of credential are bearer credentials. */
function headersOf({ token, apiKey, headers }: Caller): Record<string, string> {
  const bearer = token ?? apiKey;
  return { ...headers, ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
}

import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Caller, GraphqlError } from './graphql-client.js';
import { until } from './until.js';

/** How a connection ended. */
export interface Ended {
  readonly code: number;
  readonly reason: string;
  readonly at: number;
}

export interface Received<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphqlError[];
  readonly at: number;
}

/** What one subscription has received so far. */
export interface LiveSubscription<Data> {
  readonly received: readonly Received<Data>[];
  /** Errors that refused it before it began. */
  readonly refused: readonly GraphqlError[];
  readonly over: boolean;
  /** Waits for something that fits. */
  next(what: string, fits: (data: Data) => boolean, withinMs?: number): Promise<Received<Data>>;
  stop(): void;
}

/** One connection that speaks graphql-transport-ws and never tries again by itself. */
export interface LiveClient {
  readonly ended: Ended | null;
  subscribe<Data extends object>(query: string, variables?: Record<string, unknown>): LiveSubscription<Data>;
  closed(withinMs?: number): Promise<Ended>;
  close(): Promise<void>;
}

const at = (): number => performance.now();

/** Opens a connection as `caller`, or with what `init` says; `headers` are those of the upgrade. */
export function liveClient(
  baseUrl: string,
  caller: Caller = {},
  init: Record<string, unknown> = authorizationOf(caller),
): LiveClient {
  let ended: Ended | null = null;
  class WithHeaders extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: { ...caller.headers } });
    }
  }
  const client: Client = createClient({
    url: `${baseUrl.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WithHeaders,
    connectionParams: init,
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    on: {
      closed: (event) => {
        const { code, reason } = event as { code: number; reason: string };
        ended ??= { code, reason, at: at() };
      },
    },
  });
  const subscribe = <Data extends object>(
    query: string,
    variables: Record<string, unknown> = {},
  ): LiveSubscription<Data> => subscribeOn<Data>(client, query, variables);
  return {
    get ended() {
      return ended;
    },
    subscribe,
    closed: (withinMs) => until('the connection to close', () => ended, withinMs),
    close: async () => {
      await client.dispose();
    },
  };
}

function authorizationOf({ token, apiKey }: Caller): Record<string, unknown> {
  const bearer = token ?? apiKey;
  return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
}

function subscribeOn<Data extends object>(
  client: Client,
  query: string,
  variables: Record<string, unknown>,
): LiveSubscription<Data> {
  const received: Received<Data>[] = [];
  const refused: GraphqlError[] = [];
  let over = false;
  const stop = client.subscribe<Data>(
    { query, variables },
    {
      next: ({ data, errors }: FormattedExecutionResult<Data>) => {
        received.push({ data: data ?? null, errors: errors ?? [], at: at() });
      },
      error: (error) => {
        over = true;
        if (Array.isArray(error)) refused.push(...(error as GraphqlError[]));
      },
      complete: () => (over = true),
    },
  );
  return {
    received,
    refused,
    get over() {
      return over;
    },
    next: (what, fits, withinMs) =>
      until(what, () => received.find(({ data }) => data !== null && fits(data)) ?? null, withinMs),
    stop,
  };
}

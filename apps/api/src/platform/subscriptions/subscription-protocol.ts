import { GraphQLError, type ExecutionArgs, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { CloseCode, makeServer, type Context, type ConnectionInitMessage, type Server } from 'graphql-ws';
import type { Extra } from './attach-socket.js';
import { SOCKET_LIMITS } from './limits.js';
import type { LiveConnection } from './live-connection.js';
import { liveContext } from './live-context.js';
import { readOperation } from './read-operation.js';
import { subscribeFresh } from './subscribe.js';

type Connected = Context<ConnectionInitMessage['payload'], Extra>;

/** What the protocol leaves to the product. */
export interface Protocol {
  readonly schema: () => GraphQLSchema;
  /** Gives a connection its pass by what its client said first; else the code and words with which it is sent away. */
  readonly enter: (
    connection: LiveConnection,
    said: Readonly<Record<string, unknown>>,
  ) => Promise<readonly [number, string] | null>;
  /** True while the pass of a connection holds, as of now; a connection whose pass does not is dropped. */
  readonly stillHolds: (connection: LiveConnection) => Promise<boolean>;
  readonly mask: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

const tooMany = (): GraphQLError =>
  new GraphQLError(
    `At most ${String(SOCKET_LIMITS.subscriptionsPerConnection)} subscriptions run on one connection. End one of them first.`,
    { extensions: { code: 'BAD_USER_INPUT' } },
  );

const ended = (): GraphQLError =>
  new GraphQLError('This connection has ended: connect again.', { extensions: { code: 'UNAUTHENTICATED' } });

/** The protocol graphql-transport-ws for subscriptions only, under the limits and masks of every operation. */
export function subscriptionProtocol({ schema, enter, stillHolds, mask }: Protocol): Server<Extra> {
  const connect = async ({ connectionParams, extra }: Connected): Promise<boolean> => {
    const refused = await enter(extra.connection, connectionParams ?? {});
    if (refused === null) return true;
    extra.connection.drop(...refused);
    return false;
  };
  return makeServer<ConnectionInitMessage['payload'], Extra>({
    connectionInitWaitTimeout: SOCKET_LIMITS.initWaitMs,
    onConnect: connect,
    onSubscribe: async (
      { subscriptions, extra },
      _id,
      payload,
    ): Promise<ExecutionArgs | readonly GraphQLError[]> => {
      // The one that is asked for stands among them already.
      if (Object.keys(subscriptions).length > SOCKET_LIMITS.subscriptionsPerConnection) return [tooMany()];
      const operation = readOperation(schema(), payload);
      if (Array.isArray(operation)) return operation;
      const { connection } = extra;
      if (connection.pass === null)
        throw new Error(`a connection without a pass; expected ${String(CloseCode.Unauthorized)}`);
      const { actor } = connection.pass;
      // As a request would be: a session that was ended a moment ago opens nothing new until the next judgement.
      if (!(await stillHolds(connection))) return [ended()];
      return { ...operation, contextValue: liveContext(actor, connection) };
    },
    subscribe: subscribeFresh,
    onNext: (_context, _id, _payload, _args, { data, errors }) =>
      errors === undefined
        ? undefined
        : {
            ...(data === undefined ? {} : { data }),
            errors: errors.map((error) => mask(error.toJSON(), error)),
          },
    onError: (_context, _id, _payload, errors) =>
      errors.map((error) =>
        error.originalError === undefined ? error.toJSON() : mask(error.toJSON(), error),
      ),
  });
}

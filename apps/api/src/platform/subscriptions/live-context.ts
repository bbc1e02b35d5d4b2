import { randomUUID } from 'node:crypto';
import type { KnownActor } from '../auth/actor.js';
import type { GraphqlContext } from '../graphql/context.js';
import type { LiveConnection } from './live-connection.js';

/** What a subscription carries to its resolvers: as a request, but with a connection in the place of an HTTP exchange. */
export interface LiveContext extends Pick<GraphqlContext, 'requestId' | 'loaders'> {
  readonly actor: KnownActor;
  readonly connection: LiveConnection;
}

/** A context whose loaders have loaded nothing: each event is answered with what is true then. */
export function liveContext(actor: KnownActor, connection: LiveConnection): LiveContext {
  return { requestId: randomUUID(), actor, connection, loaders: new Map() };
}

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { handleProtocols, type Server } from 'graphql-ws';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import { Passes } from '../auth/passes.js';
import { CONFIG, type Config } from '../config/config.js';
import { maskErrors } from '../graphql/errors.js';
import { LOGGER } from '../telemetry/logger.js';
import { attachSocket, type Extra } from './attach-socket.js';
import { judgePasses } from './judge-passes.js';
import { CLOSE, SOCKET_LIMITS } from './limits.js';
import { LiveConnection } from './live-connection.js';
import { subscriptionProtocol } from './subscription-protocol.js';
import { networkOfUpgrade, upgradeRefusal } from './upgrade-refusal.js';

const said = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** GraphQL subscriptions over WebSocket at /graphql, on the server of the API. */
@Injectable()
export class SubscriptionServer implements OnApplicationBootstrap {
  private readonly connections = new Set<LiveConnection>();
  private readonly sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: SOCKET_LIMITS.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  private readonly protocol: Server<Extra>;
  private timer: NodeJS.Timeout | undefined;
  private judging = false;
  private closing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Passes) private readonly passes: Passes,
    @Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost,
    @Inject(GraphQLSchemaHost) schemas: GraphQLSchemaHost,
  ) {
    this.protocol = subscriptionProtocol({
      schema: () => schemas.schema,
      enter: (connection, params) =>
        this.enter(connection, said(params['authorization']), said(params['ticket'])),
      stillHolds: async (connection) => {
        await judgePasses(this.passes, [connection]);
        return !connection.over;
      },
      mask: maskErrors(logger),
    });
  }

  onApplicationBootstrap(): void {
    // A worker has no server.
    const http = (this.adapters as Partial<HttpAdapterHost>).httpAdapter?.getHttpServer() as
      HttpServer | undefined;
    if (http === undefined) return;
    // Without this, a plain request that offers HTTP/2 (Upgrade: h2c) would end here instead of being answered.
    Object.assign(http, {
      shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
    });
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.upgrade(request, socket, head);
    });
    this.timer = setInterval(() => {
      void this.judge();
    }, SOCKET_LIMITS.judgeEveryMs);
  }

  /** Takes nobody in any more, says goodbye to all, and waits until they have gone. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    const connections = [...this.connections];
    for (const connection of connections) connection.drop(CLOSE.goingAway, 'Going away: connect again.');
    await Promise.all(connections.map(({ gone }) => gone));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const network = networkOfUpgrade(request, this.config);
    const refusal =
      this.closing || this.waiting(network)
        ? '503 Service Unavailable'
        : upgradeRefusal(request, this.config);
    socket.on('error', () => {
      socket.destroy();
    });
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => {
      this.open(opened, network);
    });
  }

  private waiting(network: string): boolean {
    const waiting = [...this.connections].filter((one) => one.pass === null && one.network === network);
    return waiting.length >= SOCKET_LIMITS.waitingPerNetwork;
  }

  private open(socket: WebSocket, network: string): void {
    const connection = new LiveConnection(socket, network);
    const openedAt = performance.now();
    this.connections.add(connection);
    attachSocket(this.protocol, socket, connection, {
      broken: (error) => {
        this.logger.error({ err: error }, 'a live connection broke');
      },
      closed: (code) => {
        this.connections.delete(connection);
        const elapsedMs = Math.trunc(performance.now() - openedAt);
        this.logger.info({ closeCode: code, elapsedMs }, 'live connection');
      },
    });
  }

  private async enter(
    connection: LiveConnection,
    authorization?: string,
    ticket?: string,
  ): Promise<readonly [number, string] | null> {
    try {
      const pass = await this.passes.enter({ authorization, ticket });
      const { accountId } = pass.actor;
      const own = [...this.connections].filter((one) => one.pass?.actor.accountId === accountId);
      if (own.length < SOCKET_LIMITS.connectionsPerAccount) {
        // In the same turn as the count: several that come together must not all find the last place free.
        connection.pass = pass;
        return null;
      }
      return [
        CLOSE.tooMany,
        `At most ${String(SOCKET_LIMITS.connectionsPerAccount)} connections at a time: end one first.`,
      ];
    } catch (error) {
      if (error instanceof GraphQLError) return [CLOSE.unauthorized, error.message.slice(0, 120)];
      this.logger.error({ err: error }, 'a live connection could not be let in');
      return [CLOSE.broken, 'Something went wrong on our side.'];
    }
  }

  private async judge(): Promise<void> {
    if (this.judging) return;
    this.judging = true;
    try {
      await judgePasses(this.passes, this.connections);
    } catch (error) {
      this.logger.warn({ err: error }, 'live connections could not be judged and will be again');
    } finally {
      this.judging = false;
    }
  }
}

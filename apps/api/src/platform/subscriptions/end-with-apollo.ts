import type { ApolloServerPlugin, GraphQLServerListener } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import { Inject } from '@nestjs/common';
import { SubscriptionServer } from './subscription-server.js';

/** Says goodbye to live connections when Apollo drains the HTTP server, which would cut them off without a word. */
@Plugin()
export class EndWithApollo implements ApolloServerPlugin {
  constructor(@Inject(SubscriptionServer) private readonly subscriptions: SubscriptionServer) {}

  async serverWillStart(): Promise<GraphQLServerListener> {
    return Promise.resolve({ drainServer: () => this.subscriptions.close() });
  }
}

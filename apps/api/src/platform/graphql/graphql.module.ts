import { randomUUID } from 'node:crypto';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Global, Module, type ModuleMetadata } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { Authenticator } from '../auth/actor.js';
import { CONFIG, type Config } from '../config/config.js';
import { LOGGER, requestScope } from '../telemetry/logger.js';
import { EndWithApollo, SubscriptionServer } from '../subscriptions/index.js';
import type { GraphqlContext } from './context.js';
import { costLimit } from './cost-limit.js';
import { maskErrors } from './errors.js';
import { GraphqlDriver } from './graphql-driver.js';
import { LIMITS, limitRules } from './limits.js';
import { InputRefused, NotFound, RequestIdReused } from './refusal.js';
import { Instant, MinorUnits, idsAsStored } from './scalars.js';

/** The schema that the code describes, at /graphql: over HTTP, and subscriptions over WebSocket. */
@Global()
@Module({})
export class GraphqlApiModule {
  /** `authenticator` is the module that provides `Authenticator` and `Passes`. */
  static with(authenticator: NonNullable<ModuleMetadata['imports']>[number]): DynamicModule {
    return {
      module: GraphqlApiModule,
      providers: [SubscriptionServer, EndWithApollo],
      imports: [
        authenticator,
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: GraphqlDriver,
          imports: [authenticator],
          inject: [CONFIG, LOGGER, Authenticator],
          useFactory: (config: Config, logger: Logger, who: Authenticator) => ({
            path: '/graphql',
            autoSchemaFile: true,
            sortSchema: true,
            buildSchemaOptions: { orphanedTypes: [NotFound, RequestIdReused, InputRefused] },
            resolvers: { Instant, MinorUnits },
            transformSchema: idsAsStored,
            introspection: true,
            graphiql: false,
            playground: false,
            csrfPrevention: true,
            includeStacktraceInErrorResponses: false,
            autoTransformHttpErrors: false,
            validationRules: limitRules(),
            // What may be cached is said once, by the driver; the plugin would watch every field for it.
            plugins: [costLimit(), ApolloServerPluginCacheControlDisabled()],
            parseOptions: { maxLexicalTokens: LIMITS.tokens },
            formatError: maskErrors(logger),
            persistedQueries: false as const,
            hideSchemaDetailsFromClientErrors: config.mode === 'production',
            context: async ({ req, res }: { req: Request; res: Response }): Promise<GraphqlContext> => ({
              req,
              res,
              requestId: requestScope.getStore()?.requestId ?? randomUUID(),
              actor: await who.authenticate(req.headers.authorization),
              loaders: new Map(),
            }),
          }),
        }),
      ],
    };
  }
}

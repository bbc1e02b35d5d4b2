import { ApolloServer, HeaderMap, type BaseContext, type HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';

type ContextOf = (asked: { readonly req: Request; readonly res: Response }) => Promise<BaseContext>;

/**
 * Apollo Server on Express, with an edge of our own: the integration package parses each address twice over by the
 * retired `url.parse`, and lets Express hash each answer for an ETag that a POST cannot use.
 */
@Injectable()
export class GraphqlDriver extends ApolloDriver {
  protected override async registerExpress(options: ApolloDriverConfig): Promise<void> {
    const { httpAdapter } = this.httpAdapterHost;
    const drain = ApolloServerPluginDrainHttpServer({
      httpServer: httpAdapter.getHttpServer() as Parameters<
        typeof ApolloServerPluginDrainHttpServer
      >[0]['httpServer'],
    });
    const { plugins = [] } = options;
    const settings: unknown = { ...options, plugins: [...plugins, drain] };
    const server = new ApolloServer(settings as ConstructorParameters<typeof ApolloServer>[0]);
    await server.start();
    httpAdapter.use(options.path, answering(server, options.context as ContextOf));
    this.apolloServer = server;
  }
}

function answering(server: ApolloServer, contextOf: ContextOf): RequestHandler {
  return async (req, res) => {
    const query = req.url.indexOf('?');
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: req.method,
        headers: headersOf(req),
        search: query < 0 ? '' : req.url.slice(query),
        // A request without a body leaves it undefined, which Apollo would take for a fault of ours.
        body: (req.body as unknown) ?? {},
      },
      context: () => contextOf({ req, res }),
    });
    await send(res, answer);
  };
}

function headersOf({ headers }: Request): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

async function send(res: Response, { status, headers, body }: HTTPGraphQLResponse): Promise<void> {
  // Answers are one caller's own and true for the moment.
  res.setHeader('cache-control', 'no-store');
  for (const [name, value] of headers) res.setHeader(name, value);
  res.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    res.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) res.write(chunk);
  res.end();
}

import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { ResolveLink, printedLinks } from './exports/index.js';
import type { Config } from './platform/config/config.js';
import { LIMITS } from './platform/graphql/limits.js';
import { requestLog } from './platform/http/request-log.js';
import { securityHeaders } from './platform/http/security-headers.js';
import { LOGGER } from './platform/telemetry/logger.js';
import { NestLogger } from './platform/telemetry/nest-logger.js';

/** The API as an Express application, configured and initialized but not listening. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, 'api'), {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(new NestLogger(logger));
  app.disable('x-powered-by');
  // The load balancer in front is the only hop that is believed about the caller's address.
  app.set('trust proxy', config.mode === 'production' ? 1 : false);
  app.use(requestLog(logger));
  app.use(securityHeaders(config));
  app.use(printedLinks(app.get(ResolveLink)));
  // Forms that people post to pages are read by the pages themselves, so only JSON is parsed here.
  app.useBodyParser('json', { limit: LIMITS.bodyBytes });
  app.enableShutdownHooks();
  return app;
}

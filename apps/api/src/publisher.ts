import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
// Tables name each other by foreign keys: a process that knows some of them has to know them all.
import './app.module.js';
import { PUBLISH_BATCH, PublisherModule } from './certificates/index.js';
import { loadConfigOrExit } from './load-config-or-exit.js';
import { migrate } from './platform/database/migrations.js';
import { JobRunner } from './platform/jobs/index.js';
import { LOGGER } from './platform/telemetry/logger.js';
import { NestLogger } from './platform/telemetry/nest-logger.js';
import { refuseUnsafeProduction } from './production-guard.js';

// A process of its own, so that the key that anchors is nowhere near the one that signs or faces the network.
const config = loadConfigOrExit();
await migrate(config.databaseUrl);
await refuseUnsafeProduction(config, 'publisher');
const app = await NestFactory.createApplicationContext(PublisherModule.with(config), {
  bufferLogs: true,
  abortOnError: false,
});
const logger = app.get<Logger>(LOGGER);
app.useLogger(new NestLogger(logger));
app.enableShutdownHooks();
await app.get(JobRunner).start([PUBLISH_BATCH]);
logger.info('the publisher works');

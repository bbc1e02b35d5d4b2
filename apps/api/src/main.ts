import 'reflect-metadata';
import type { Logger } from 'pino';
import { createApp } from './create-app.js';
import { loadConfigOrExit } from './load-config-or-exit.js';
import { migrate } from './platform/database/migrations.js';
import { JobRunner } from './platform/jobs/index.js';
import { LOGGER } from './platform/telemetry/logger.js';
import { mountPages } from './pages.js';
import { refuseUnsafeProduction } from './production-guard.js';

const config = loadConfigOrExit();
await migrate(config.databaseUrl);
await refuseUnsafeProduction(config);
const app = await createApp(config);
await mountPages(app, config);
await app.listen(config.port, config.host);
if (config.workerInApi) await app.get(JobRunner).start();
app.get<Logger>(LOGGER).info({ port: config.port }, 'the API listens');

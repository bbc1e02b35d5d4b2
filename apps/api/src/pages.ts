import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import type { Config } from './platform/config/config.js';

const HANDLER = new URL('../../web/build/handler.js', import.meta.url);
const API_PATHS = ['/graphql', '/health', '/session', '/payments', '/dev', '/.well-known'];

/** Serves the web pages from this process: whatever is not the API's goes to SvelteKit's handler, when it is built. */
export async function mountPages(app: NestExpressApplication, config: Config): Promise<void> {
  if (!existsSync(fileURLToPath(HANDLER))) return;
  process.env['ORIGIN'] = config.publicUrl;
  process.env['API_URL'] ??= `http://127.0.0.1:${String(config.port)}`;
  const { handler } = (await import(HANDLER.href)) as { handler: RequestHandler };
  app.use((...[req, res, next]: Parameters<RequestHandler>) => {
    if (API_PATHS.some((path) => req.path === path || req.path.startsWith(`${path}/`))) next();
    else handler(req, res, next);
  });
}

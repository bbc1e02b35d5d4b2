import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MAX_PHOTO_BYTES } from '@touchmark/production';
import compression from 'compression';
import type { Request, RequestHandler } from 'express';
import type { Config } from './platform/config/config.js';
import { LIMITS } from './platform/graphql/limits.js';

const HANDLER = new URL('../../web/build/handler.js', import.meta.url);
const API_PATHS = [
  '/graphql',
  '/health',
  '/metadata',
  '/session',
  '/exports',
  '/feeds',
  '/payments',
  '/photos',
  '/rounds',
  '/dev',
  '/.well-known',
];
const TOLD = {
  PROTOCOL_HEADER: 'x-touchmark-protocol',
  HOST_HEADER: 'x-touchmark-host',
  ADDRESS_HEADER: 'x-touchmark-address',
} as const;

/** Serves the web pages from this process: whatever is not the API's goes to SvelteKit's handler, when it is built. */
export async function mountPages(app: NestExpressApplication, config: Config): Promise<void> {
  if (!existsSync(fileURLToPath(HANDLER))) return;
  Object.assign(process.env, TOLD, { BODY_SIZE_LIMIT: String(MAX_PHOTO_BYTES + LIMITS.bodyBytes) });
  process.env['REGION_HEADER'] = config.regionHeader ?? '';
  process.env['API_URL'] ??= `http://127.0.0.1:${String(config.port)}`;
  const { handler } = (await import(HANDLER.href)) as { handler: RequestHandler };
  const { protocol, host } = new URL(config.publicUrl);
  // A phone at a flea market reads a verdict over a thin line. Nothing secret stands in a page, only in cookies.
  const compress = compression();
  app.use((...[req, res, next]: Parameters<RequestHandler>) => {
    if (API_PATHS.some((path) => req.path === path || req.path.startsWith(`${path}/`))) {
      next();
      return;
    }
    tell(req, protocol.slice(0, -1), host);
    compress(req, res, () => {
      handler(req, res, next);
    });
  });
}

/** The handler asks headers where it is and who asks; they are ours, whatever the browser sent under these names. */
function tell(req: Request, protocol: string, host: string): void {
  req.headers[TOLD.PROTOCOL_HEADER] = protocol;
  req.headers[TOLD.HOST_HEADER] = host;
  req.headers[TOLD.ADDRESS_HEADER] = req.ip ?? '';
}

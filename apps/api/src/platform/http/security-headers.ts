import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../config/config.js';

/** Headers for every answer. The pages bring their own Content-Security-Policy (with nonces), so it is left to them. */
export function securityHeaders(config: Pick<Config, 'publicUrl'>): RequestHandler {
  const https = config.publicUrl.startsWith('https://');
  const headers = headersSetBy(
    helmet({
      contentSecurityPolicy: false,
      strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    }) as RequestHandler,
  );
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  };
}

/** With these settings helmet says the same to every request, so it is asked once. */
function headersSetBy(handler: RequestHandler): [string, string][] {
  const headers = new Map<string, string>();
  const res = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  let asked: boolean | undefined;
  void handler({} as Request, res as unknown as Response, (error?: unknown) => {
    if (error !== undefined) throw error as Error;
    asked = true;
  });
  if (asked !== true) throw new Error('helmet did not set its headers at once');
  return [...headers];
}

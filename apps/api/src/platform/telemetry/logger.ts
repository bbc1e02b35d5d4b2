import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type Logger } from 'pino';
import type { Config } from '../config/config.js';

/** The id of the HTTP request or job at hand, so that every line of it can be found together. */
export const requestScope = new AsyncLocalStorage<{ readonly requestId: string }>();

const REDACTED = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'code',
  'key',
  'privateKey',
  'apiKey',
  'claimKey',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.token',
  '*.accessToken',
  '*.refreshToken',
  '*.key',
  '*.privateKey',
  '*.apiKey',
  '*.claimKey',
  '*.connectionString',
  'req.headers.authorization',
  'req.headers.cookie',
];

/** A JSON line logger to standard output that never writes a secret and always writes the request id. */
export function createLogger(config: Pick<Config, 'logLevel'>, name: string): Logger {
  return pino({
    name,
    level: config.logLevel,
    base: { name },
    redact: { paths: REDACTED, censor: '[redacted]' },
    mixin: () => requestScope.getStore() ?? {},
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** Injection token of the process's logger. */
export const LOGGER = Symbol('Logger');

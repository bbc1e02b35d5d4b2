import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import type { Config } from '../config/config.js';

/** The id of the HTTP request or job at hand, so that every line of it can be found together. */
export const requestScope = new AsyncLocalStorage<{ readonly requestId: string }>();

const SECRETS = [
  'password',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'code',
  'challenge',
  'key',
  'privateKey',
  'apiKey',
  'claimKey',
  'connectionString',
];
const REDACTED = [
  ...SECRETS,
  ...SECRETS.map((name) => `*.${name}`),
  'req.headers.authorization',
  'req.headers.cookie',
];

// Nodes and databases are named by URLs that may carry a user, a password or an access key in their path.
const URL_IN_TEXT = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@"'`]*@)?([^\s/?#"'`@,;)]+)([/?#][^\s"'`,;)]*)?/gi;

/** `text` with every URL in it cut down to its scheme and host. */
export function withoutSecrets(text: string): string {
  return text.replace(URL_IN_TEXT, (_whole, scheme: string, host: string, rest: string | undefined) =>
    // The files of a stack are no secret, and it is of no use without them.
    scheme === 'file://' || scheme === 'node://'
      ? _whole
      : `${scheme}${host}${rest === undefined ? '' : '/…'}`,
  );
}

/** What a log says of an error: its words, not its fields, which hold rows, requests and addresses. */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const errorCode = 'code' in error && typeof error.code === 'string' ? { errorCode: error.code } : {};
  const constraint =
    'constraint' in error && typeof error.constraint === 'string' ? { constraint: error.constraint } : {};
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...errorCode,
    ...constraint,
    ...(error.stack === undefined ? {} : { stack: withoutSecrets(error.stack) }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: describe(error.cause, depth + 1) }),
  };
}

/** A JSON line logger to standard output that never writes a secret and always writes the request id. */
export function createLogger(
  config: Pick<Config, 'logLevel'>,
  name: string,
  output: DestinationStream = pino.destination(1),
): Logger {
  const options: LoggerOptions = {
    name,
    level: config.logLevel,
    base: { name },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: (error: unknown) => describe(error) },
    mixin: () => requestScope.getStore() ?? {},
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return pino(options, output);
}

/** Injection token of the process's logger. */
export const LOGGER = Symbol('Logger');

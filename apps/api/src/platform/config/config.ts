import { z } from 'zod';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'an address: 0x and 40 hexadecimal digits');

const url = (protocols: readonly string[]) =>
  z.string().refine(
    (value) => {
      const parsed = URL.parse(value);
      return parsed !== null && protocols.includes(parsed.protocol.replace(':', ''));
    },
    { error: `a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}` },
  );

const schema = z.object({
  TOUCHMARK_MODE: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: url(['postgres', 'postgresql']),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(20),
  CHAIN_RPC_URLS: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .pipe(z.array(url(['http', 'https'])).min(1)),
  RECEIPTS_CONTRACT: address,
  PUBLIC_URL: url(['http', 'https']).transform((value) => value.replace(/\/$/, '')),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  KEYS_DIR: z.string().min(1),
  MAIL_DIR: z.string().min(1).optional(),
  SMTP_URL: url(['smtp', 'smtps']).optional(),
  MAIL_FROM: z.email({ error: 'an e-mail address that mail is sent from' }).optional(),
  PAYMENTS: z.enum(['sandbox', 'none']).default('sandbox'),
  WORKER_IN_API: z.enum(['true', 'false']).default('false'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** The settings of one process, checked once at its start. */
export interface Config {
  readonly mode: 'development' | 'test' | 'production';
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly chainRpcUrls: readonly string[];
  readonly receiptsContract: `0x${string}`;
  readonly publicUrl: string;
  readonly port: number;
  readonly host: string;
  readonly keysDir: string;
  readonly mail:
    { readonly kind: 'files'; readonly directory: string } | { readonly kind: 'smtp'; readonly url: string };
  /** The sender of all mail. */
  readonly mailFrom: string;
  readonly payments: 'sandbox' | 'none';
  readonly workerInApi: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** Says which variables are wrong, what they were and what is accepted; thrown before anything has started. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Injection token of the settings. */
export const CONFIG = Symbol('Config');

const SECRET = /_URL|KEY/;

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'is not set';
  // A connection string may carry a password: its shape is told, not its content.
  return SECRET.test(name)
    ? `is set to ${value.length} characters that do not fit`
    : `is ${JSON.stringify(value)}`;
}

/** Reads the settings from `env`; throws ConfigError with one line for each wrong variable. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} ${shown(name, env[name])}; accepted: ${issue.message}.`;
    });
    throw new ConfigError([...new Set(lines)].join('\n'));
  }
  const values = parsed.data;
  return {
    mode: values.TOUCHMARK_MODE,
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    chainRpcUrls: values.CHAIN_RPC_URLS,
    receiptsContract: values.RECEIPTS_CONTRACT as `0x${string}`,
    publicUrl: values.PUBLIC_URL,
    port: values.PORT,
    host: values.HOST,
    keysDir: values.KEYS_DIR,
    mail: mailOf(values),
    mailFrom: values.MAIL_FROM ?? `touchmark@${new URL(values.PUBLIC_URL).hostname}`,
    payments: values.PAYMENTS,
    workerInApi: values.WORKER_IN_API === 'true',
    logLevel: values.LOG_LEVEL,
  };
}

function mailOf(values: z.output<typeof schema>): Config['mail'] {
  if (values.SMTP_URL !== undefined) return { kind: 'smtp', url: values.SMTP_URL };
  if (values.TOUCHMARK_MODE === 'production')
    throw new ConfigError(
      'SMTP_URL is not set; accepted: smtp://user:password@host:port. The local mail page is for development only.',
    );
  if (values.MAIL_DIR === undefined)
    throw new ConfigError(
      'MAIL_DIR and SMTP_URL are not set; accepted: a folder for mail files, or an SMTP server.',
    );
  return { kind: 'files', directory: values.MAIL_DIR };
}

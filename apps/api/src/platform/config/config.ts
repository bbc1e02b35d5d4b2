import { z } from 'zod';

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const DIGITS = /^\d{1,9}$/;

const address = (accepted: string) =>
  z.string(accepted).refine((value) => ADDRESS.test(value), { error: accepted });

const url = (protocols: readonly string[], accepted: string) =>
  z.string(accepted).refine(
    (value) => {
      const parsed = URL.parse(value);
      return parsed !== null && protocols.includes(parsed.protocol.replace(':', ''));
    },
    { error: accepted },
  );

const whole = (from: number, to: number, usual: number) => {
  const accepted = `a whole number from ${String(from)} to ${String(to)} (${String(usual)} when it is not set)`;
  return z
    .string(accepted)
    .refine((value) => DIGITS.test(value) && Number(value) >= from && Number(value) <= to, {
      error: accepted,
    })
    .transform(Number)
    .default(usual);
};

const oneOf = <const Word extends string>(words: readonly Word[], usual: NoInfer<Word>) =>
  z.enum(words, { error: `one of ${words.join(', ')} (${usual} when it is not set)` }).default(usual);

const text = (accepted: string) => z.string(accepted);

const CONFIRMATIONS = /^[1-9]\d{0,4}$/;
const FINALITY =
  'finalized (when it is not set: the word of the chain, or 64 confirmations where it has none), or the number of ' +
  'confirmations that make a block final on this chain';
const HEADER =
  'the name of a header in which the proxy in front tells the country of whoever asks, such as cf-ipcountry';
const NODES = 'one or more URLs that begin with http:// or https://, separated by commas';

/** Keys that may be given by environment instead of by file, by the name of the file that each stands for. */
const KEYS_GIVEN = {
  KEY_ISSUER: 'issuer.key',
  KEY_SIGNER: 'signer.key',
  KEY_SIGNER_NEXT: 'signer.next.key',
  KEY_PUBLISHER: 'publisher.key',
  KEY_GAS: 'gas.key',
  KEY_COSIGNER: 'cosigner.key',
  KEY_CLAIM_SEAL: 'claim-seal.key',
  KEY_CREDENTIAL: 'credential.key',
  KEY_TAGS: 'tags.key',
  PUBLISHER_ADDRESS: 'publisher.address',
} as const;
const KEY_VARIABLES = Object.fromEntries(
  Object.entries(KEYS_GIVEN).map(([variable, file]) => [
    variable,
    text(`what the file ${file} would hold`).optional(),
  ]),
) as Record<keyof typeof KEYS_GIVEN, z.ZodOptional<z.ZodString>>;

/** Each message says what the variable takes, for `VARIABLE is not set; accepted: ...`. */
const schema = z.object({
  TOUCHMARK_MODE: oneOf(['development', 'test', 'production'], 'development'),
  DATABASE_URL: url(
    ['postgres', 'postgresql'],
    'a URL that begins with postgres:// or postgresql://, such as postgres://user:password@host:5432/touchmark',
  ),
  DATABASE_POOL_SIZE: whole(2, 500, 20),
  CHAIN_RPC_URLS: z
    .string(NODES)
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .pipe(z.array(url(['http', 'https'], NODES)).min(1, NODES)),
  CHAIN_FINALITY: z
    .string()
    .refine((value) => value === 'finalized' || CONFIRMATIONS.test(value), { error: FINALITY })
    .transform((value) => (value === 'finalized' ? value : Number(value)))
    .default('finalized'),
  RECEIPTS_CONTRACT: address('the address of the deployed CollectorReceipts: 0x and 40 hexadecimal digits'),
  PUBLIC_URL: url(
    ['http', 'https'],
    'the URL at which people reach this installation; it begins with http:// or https://',
  ).transform((value) => value.replace(/\/$/, '')),
  PORT: whole(0, 65_535, 3000),
  HOST: text('the address to listen on (127.0.0.1 when it is not set)').default('127.0.0.1'),
  KEYS_DIR: text('the path of the folder that holds the key files'),
  ...KEY_VARIABLES,
  MAIL_DIR: text('the path of a folder for mail files').optional(),
  SMTP_URL: url(
    ['smtp', 'smtps'],
    'a URL that begins with smtp:// or smtps://, such as smtp://user:password@host:587',
  ).optional(),
  MAIL_FROM: z.email({ error: 'the e-mail address that mail is sent from' }).optional(),
  PAYMENTS: oneOf(['sandbox', 'none'], 'sandbox'),
  CHECKS_PER_MINUTE: whole(1, 1_000_000, 120),
  CLAIMS_PER_MINUTE: whole(1, 1_000_000, 20),
  TAPS_PER_MINUTE: whole(1, 1_000_000, 30),
  REGION_HEADER: z
    .string(HEADER)
    .refine((value) => /^[A-Za-z][A-Za-z0-9-]{0,62}$/.test(value), { error: HEADER })
    .transform((value) => value.toLowerCase())
    .optional(),
  CREDENTIALS: oneOf(['on', 'off'], 'off'),
  WORKER_IN_API: oneOf(['true', 'false'], 'false'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
});

/** The settings of one process, checked once at its start. */
export interface Config {
  readonly mode: 'development' | 'test' | 'production';
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly chainRpcUrls: readonly string[];
  /** The chain's own word, or how many confirmations make a block final. */
  readonly chainFinality: 'finalized' | number;
  readonly receiptsContract: `0x${string}`;
  readonly publicUrl: string;
  readonly port: number;
  readonly host: string;
  readonly keysDir: string;
  /** Keys that were given by environment, by the name of the file that each stands for; they come before files. */
  readonly keys: ReadonlyMap<string, string>;
  readonly mail:
    { readonly kind: 'files'; readonly directory: string } | { readonly kind: 'smtp'; readonly url: string };
  /** The sender of all mail. */
  readonly mailFrom: string;
  readonly payments: 'sandbox' | 'none';
  /** How many checks of pieces one network may ask for. */
  readonly checksPerMinute: number;
  /** How many claims one network may have relayed. */
  readonly claimsPerMinute: number;
  /** How many taps one network may present. */
  readonly tapsPerMinute: number;
  /** The header that tells the country of whoever asks; the proxy overwrites what browsers send under it. Null for none. */
  readonly regionHeader: string | null;
  /** Whether certificates are also signed as verifiable credentials, by a key of their own. */
  readonly credentials: boolean;
  readonly workerInApi: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** Says which variables are wrong, what they were and what is accepted; thrown before anything has started. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Injection token of the settings. */
export const CONFIG = Symbol('Config');

const SECRET = new Set(['DATABASE_URL', 'CHAIN_RPC_URLS', 'SMTP_URL', ...Object.keys(KEYS_GIVEN)]);

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'is not set';
  // A connection string may carry a password: its shape is told, not its content.
  return SECRET.has(name)
    ? `is set to ${value.length} characters that do not fit`
    : `is ${JSON.stringify(value)}`;
}

/** Reads the settings from `given`, where empty means not set; throws ConfigError with one line for each wrong variable. */
export function loadConfig(given: Readonly<Record<string, string | undefined>>): Config {
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
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
    chainFinality: values.CHAIN_FINALITY,
    receiptsContract: values.RECEIPTS_CONTRACT as `0x${string}`,
    publicUrl: values.PUBLIC_URL,
    port: values.PORT,
    host: values.HOST,
    keysDir: values.KEYS_DIR,
    keys: keysGiven(values),
    mail: mailOf(values),
    mailFrom: values.MAIL_FROM ?? `touchmark@${new URL(values.PUBLIC_URL).hostname}`,
    payments: values.PAYMENTS,
    checksPerMinute: values.CHECKS_PER_MINUTE,
    claimsPerMinute: values.CLAIMS_PER_MINUTE,
    tapsPerMinute: values.TAPS_PER_MINUTE,
    regionHeader: values.REGION_HEADER ?? null,
    credentials: values.CREDENTIALS === 'on',
    workerInApi: values.WORKER_IN_API === 'true',
    logLevel: values.LOG_LEVEL,
  };
}

function keysGiven(values: z.output<typeof schema>): ReadonlyMap<string, string> {
  const names = Object.keys(KEYS_GIVEN) as (keyof typeof KEYS_GIVEN)[];
  return new Map(
    names.flatMap((name) => (values[name] === undefined ? [] : [[KEYS_GIVEN[name], values[name]] as const])),
  );
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

import 'reflect-metadata';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { loadConfigOrExit } from './load-config-or-exit.js';
import { CoopRefusedError, CreateCoop, type CoopToCreate, linkTo } from './membership/index.js';
import { migrate } from './platform/database/migrations.js';

const USAGE = `Usage: npm run coop:create -- --slug SLUG --name NAME --currency EUR --domain coop.example
         --gtin-prefix DIGITS --admin-email EMAIL --admin-name NAME [--ask-password]

Makes a co-op and its first admin, and prints the link with which the admin chooses a password.
With --ask-password, or with COOP_ADMIN_PASSWORD set, the password is taken from there and no link is printed.
`;

const TEXT = { type: 'string' } as const;
const FLAGS = ['slug', 'name', 'currency', 'domain', 'gtin-prefix', 'admin-email', 'admin-name'] as const;

function exitWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Asks on the terminal without showing what is typed. */
async function askPassword(): Promise<string> {
  process.stderr.write('Password of the admin: ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  const answer = await prompt.question('');
  prompt.close();
  process.stderr.write('\n');
  return answer;
}

async function readArguments(): Promise<CoopToCreate> {
  const { values } = parseArgs({
    options: {
      slug: TEXT,
      name: TEXT,
      currency: TEXT,
      domain: TEXT,
      'gtin-prefix': TEXT,
      'admin-email': TEXT,
      'admin-name': TEXT,
      'ask-password': { type: 'boolean' },
    },
  });
  const missing = FLAGS.filter((flag) => values[flag] === undefined);
  if (missing.length > 0) exitWith(`Missing: ${missing.map((flag) => `--${flag}`).join(', ')}\n\n${USAGE}`);
  const given = (flag: (typeof FLAGS)[number]): string => values[flag] ?? '';
  const adminPassword =
    values['ask-password'] === true ? await askPassword() : process.env['COOP_ADMIN_PASSWORD'];
  return {
    slug: given('slug'),
    name: given('name'),
    currency: given('currency'),
    domain: given('domain'),
    gtinPrefix: given('gtin-prefix'),
    adminEmail: given('admin-email'),
    adminDisplayName: given('admin-name'),
    adminPassword,
  };
}

const input = await readArguments().catch((error: unknown) => {
  if (error instanceof TypeError) exitWith(`${error.message}\n\n${USAGE}`);
  throw error;
});
// The link below is a secret: it goes to the terminal of whoever typed the command, and nothing goes to a log.
const config = { ...loadConfigOrExit(), logLevel: 'silent' as const };
await migrate(config.databaseUrl);
const app = await NestFactory.createApplicationContext(AppModule.with(config, 'coop-create'), {
  logger: false,
  abortOnError: false,
});
try {
  const { coopId, passwordToken } = await app.get(CreateCoop, { strict: false }).run(input);
  process.stdout.write(`The co-op ${input.slug} was created: ${coopId}\n`);
  if (passwordToken !== null)
    process.stdout.write(
      `${input.adminEmail} chooses a password here, within 7 days:\n${linkTo(config, '/reset-password', passwordToken)}\n`,
    );
  else process.stdout.write(`${input.adminEmail} signs in at ${config.publicUrl} with their password.\n`);
} catch (error) {
  if (!(error instanceof CoopRefusedError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await app.close();
}

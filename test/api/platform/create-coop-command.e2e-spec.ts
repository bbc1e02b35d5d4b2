import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { TEST_PASSWORD, anEmail, signedIn } from '../../support/builders/membership.js';
import { builtProduct, startProcess } from '../../support/product-process.js';

const COOP = `query ($slug: String!) { coop(slug: $slug) { name currency domain } }`;
const RESET = `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename } }`;

describe('the command coop:create', () => {
  let app: TestApp;
  let email: string;
  const flags = (): Record<string, string> => ({
    slug: 'harbour-press',
    name: 'Harbour Press',
    currency: 'EUR',
    domain: 'harbour.example',
    'gtin-prefix': '950611',
    'admin-email': email,
    'admin-name': 'Admin',
  });
  async function run(
    values: Readonly<Record<string, string>>,
    changes: Readonly<Record<string, string>> = {},
  ) {
    const args = Object.entries(values).map(([name, value]) => `--${name}=${value}`);
    const child = startProcess('create-coop.js', { ...app.env, LOG_LEVEL: 'info', ...changes }, args);
    return { code: await child.ended(), output: child.output() };
  }

  beforeAll(async () => {
    await builtProduct();
    app = await startTestApp();
    email = anEmail('admin');
  });
  afterAll(async () => {
    await app.stop();
  });

  it('makes a co-op and prints a link with which its admin chooses a password', async () => {
    const { code, output } = await run(flags());
    expect(code).toBe(0);
    expect(await app.gql(COOP, { slug: 'harbour-press' })).toEqual({
      coop: { name: 'Harbour Press', currency: 'EUR', domain: 'harbour.example' },
    });
    const token = new RegExp(`^${app.url}/reset-password\\?token=(\\S+)$`, 'm').exec(output)?.[1];
    const answer = await app.gql(RESET, { input: { token, newPassword: TEST_PASSWORD } });
    expect(answer).toEqual({ resetPassword: { __typename: 'PasswordReset' } });
    expect(await signedIn(app, email)).toMatch(/^ey/);
  });

  it('says that the slug is taken when it runs again, and changes nothing', async () => {
    const before = await app.database.query('select id from coop');
    const { code, output } = await run(flags());
    expect([code, output.trim()]).toEqual([1, 'There is a co-op with this slug already. Choose another.']);
    expect(await app.database.query('select id from coop')).toEqual(before);
  });

  it('takes a password from the environment and prints neither it nor a link', async () => {
    const other = { ...flags(), slug: 'second', 'gtin-prefix': '950612', 'admin-email': anEmail('second') };
    const { code, output } = await run(other, { COOP_ADMIN_PASSWORD: TEST_PASSWORD });
    expect(code).toBe(0);
    expect(output).not.toMatch(/token=/);
    expect(output).not.toContain(TEST_PASSWORD);
    expect(await signedIn(app, other['admin-email'])).toMatch(/^ey/);
  });

  it('names what is missing, unknown or wrong, without a stack', async () => {
    const { slug: _slug, domain: _domain, ...rest } = flags();
    const missing = await run(rest);
    expect([missing.code, missing.output.split('\n')[0]]).toEqual([1, 'Missing: --slug, --domain']);
    const unknown = await run({ ...flags(), colour: 'blue' });
    expect(unknown.code).toBe(1);
    expect(unknown.output).toMatch(/--colour[^]*Usage: npm run coop:create/);
    const wrong = await run({ ...flags(), currency: 'euro' });
    expect([wrong.code, wrong.output.trim()]).toEqual([
      1,
      'The co-op was not created. currency: expected an ISO 4217 code such as EUR.',
    ]);
    for (const { output } of [missing, unknown, wrong]) expect(output).not.toContain('    at ');
  });

  it('says why when the keys of production are missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchmark-keyless-'));
    const production = {
      TOUCHMARK_MODE: 'production',
      SMTP_URL: 'smtp://mail.example.org',
      KEYS_DIR: folder,
    };
    const { code, output } = await run({ ...flags(), slug: 'third' }, production);
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    expect(output).toContain('openssl genpkey');
  });
});

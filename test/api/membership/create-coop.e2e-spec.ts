import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CoopRefusedError, Coops, CreateCoop } from '../../../apps/api/src/membership/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { TEST_PASSWORD, aCoop, anEmail, signedIn } from '../../support/builders/membership.js';
import { type Outcome, RESET } from './operations.js';

const COOP = `query ($slug: String!) { coop(slug: $slug) { id slug name currency domain holdLimit } }`;
const COOPS = `query ($after: String) { coops(first: 2, after: $after) { edges { node { slug } } pageInfo { hasNextPage endCursor } } }`;

interface Page {
  readonly coops: {
    readonly edges: readonly { readonly node: { readonly slug: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** The first part of every address that the pages and the API themselves answer. */
function ownAddresses(): string[] {
  const root = new URL('../../../', import.meta.url);
  const pages = readdirSync(new URL('apps/web/src/routes', root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('['))
    .map(({ name }) => name);
  const api = new URL('apps/api/src/', root);
  const endpoints = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(controller|module)\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, api), 'utf8'))
    .flatMap((source) => [...source.matchAll(/(?:@Controller\('|path: '\/)([\w-]+)/g)])
    .map(([, part]) => part ?? '');
  return [...new Set([...pages, ...endpoints])];
}

describe('a new co-op', () => {
  let app: TestApp;
  const valid = () => ({
    slug: `press-${Math.random().toString(36).slice(2, 10)}`,
    name: 'Press Co-op',
    currency: 'EUR',
    domain: 'press.example',
    gtinPrefix: String(100_000_000 + Math.trunc(Math.random() * 800_000_000)),
    adminEmail: anEmail('admin'),
    adminDisplayName: 'Admin',
  });
  const create = async (input: Partial<ReturnType<typeof valid>> & { adminPassword?: string }) =>
    app.nest.get(CreateCoop, { strict: false }).run({ ...valid(), ...input });

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });

  it('is seen by anyone', async () => {
    const input = valid();
    const { coopId } = await create(input);
    expect(await app.gql(COOP, { slug: input.slug })).toEqual({
      coop: {
        id: coopId,
        slug: input.slug,
        name: 'Press Co-op',
        currency: 'EUR',
        domain: 'press.example',
        holdLimit: 3,
      },
    });
    expect(await app.gql(COOP, { slug: 'nowhere' })).toEqual({ coop: null });
    const coops = app.nest.get(Coops, { strict: false });
    expect(await coops.byId(coopId)).toMatchObject({ gtinPrefix: input.gtinPrefix });
    expect([await coops.byId('not-an-id'), await coops.bySlug('nowhere')]).toEqual([null, null]);
  });

  it('stands in the list of co-ops, which has pages', async () => {
    const { slug } = await aCoop(app);
    await aCoop(app);
    await aCoop(app);
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { coops } = await app.gql<Page>(COOPS, after === undefined ? {} : { after });
      seen.push(...coops.edges.map((edge) => edge.node.slug));
      after = coops.pageInfo.endCursor;
      more = coops.pageInfo.hasNextPage;
    }
    expect(seen).toContain(slug);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  it('gives its admin a link to choose a password with', async () => {
    const input = valid();
    const { passwordToken } = await create(input);
    const { resetPassword } = await app.gql<{ resetPassword: Outcome }>(RESET, {
      input: { token: passwordToken, newPassword: TEST_PASSWORD },
    });
    expect(resetPassword.__typename).toBe('PasswordReset');
    expect(await signedIn(app, input.adminEmail)).toMatch(/^ey/);
  });

  it('leaves an admin who has an account their name and password', async () => {
    const { admin } = await aCoop(app);
    const second = await create({ adminEmail: admin.email, adminPassword: 'a password that is not theirs' });
    expect(second).toMatchObject({ adminId: admin.accountId, passwordToken: null });
    expect(await signedIn(app, admin.email, admin.password)).toMatch(/^ey/);
  });

  it('asks for its issuer to be set up', async () => {
    const { coopId } = await create({});
    const jobs = await app.database.query(
      `select 1 from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
        where task.identifier = 'set_up_issuer' and job.payload->>'coopId' = $1`,
      [coopId],
    );
    expect(jobs).toHaveLength(1);
  });

  it('is refused with a value that it cannot have, by name', async () => {
    const wrong = {
      slug: 'No Spaces',
      name: ' ',
      currency: 'euro',
      domain: 'not a domain',
      gtinPrefix: '12345',
      adminEmail: 'nobody',
      adminDisplayName: '',
      adminPassword: 'too short',
    };
    for (const [field, value] of Object.entries(wrong))
      await expect(create({ [field]: value })).rejects.toThrow(
        new RegExp(`The co-op was not created. ${field}: `),
      );
  });

  it('is refused a slug whose address means something else', async () => {
    const own = ownAddresses();
    expect(own).toEqual(
      expect.arrayContaining(['01', 'orders', 'verify', 'sign-in', 'graphql', 'health', 'payments', 'dev']),
    );
    for (const slug of [...own, '_app', '21', '8003'])
      await expect(create({ slug })).rejects.toThrow(/^The co-op was not created\. slug: expected /);
    await expect(create({ slug: `orders-${valid().slug}` })).resolves.toMatchObject({
      passwordToken: expect.any(String),
    });
  });

  describe('at once', () => {
    it('takes its slug once and its GTIN prefix once when twenty ask for them', async () => {
      const { slug, gtinPrefix } = valid();
      for (const same of [{ slug }, { gtinPrefix }]) {
        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => create(same)));
        const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(refused).toHaveLength(19);
        expect(refused.every((outcome) => outcome.reason instanceof CoopRefusedError)).toBe(true);
      }
    });
  });
});

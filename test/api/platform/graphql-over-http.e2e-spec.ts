import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { type TestApp, startTestApp } from '../../support/app.js';

/** Warnings of the audit that we accept; each is explained in the README of apps/api/src/platform. */
const ACCEPTED_WARNINGS = ['572B', '5A70', '6A70', '7B9B', 'D6D5', 'FDE2'];

const DEEP = `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } }`;
const DEAR = `{ runs(coopId: "0198c0de-0000-7000-8000-000000000000", first: 100) {
  edges { node { units(first: 100) { edges { node { id } } } } } } }`;
const WIDE = `{ ${Array.from({ length: 40 }, (_, index) => `a${String(index)}: me { accountId }`).join(' ')} }`;

describe('GraphQL over HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });

  it('passes the audits of graphql-http: no error, and no warning that is not explained', async () => {
    const audits = serverAudits({ url: () => `${app.url}/graphql`, fetchFn: fetch });
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    const found = results.filter((result) => result.status !== 'ok');
    expect(results.length).toBeGreaterThan(50);
    expect(
      found.filter((result) => result.status === 'error').map((result) => `${result.id} ${result.name}`),
    ).toEqual([]);
    expect(found.map((result) => result.id).sort()).toEqual([...ACCEPTED_WARNINGS]);
  });

  it('answers a query too deep, too wide, too long or with unknown fields before anything runs', async () => {
    const bad = [
      DEEP,
      WIDE,
      DEAR,
      `{ me { ${'memberships { coop { id } } '.repeat(800)} } }`,
      '{ me { shoeSize } }',
    ];
    for (const query of bad) {
      const { errors, data } = await app.ask(query);
      expect(data).toBeNull();
      expect(errors[0]?.extensions?.code).toMatch(/GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED/);
    }
  });

  it.each([
    ['a page size', '$first: Int!', 'first: $first', '', { first: 1 }, { first: 100 }],
    ['a directive', '$all: Boolean!', 'first: 100', '@include(if: $all)', { all: false }, { all: true }],
  ])(
    'refuses a query that %s among its variables makes too dear, though it was let through before',
    async (_, variable, page, directive, little, much) => {
      const query = `query (${variable}) { runs(coopId: "0198c0de-0000-7000-8000-000000000000", ${page}) {
        edges { node { id units(${page}) ${directive} { edges { node { id } } } } } } }`;
      for (const [variables, code] of [
        [little, 'UNAUTHENTICATED'],
        [little, 'UNAUTHENTICATED'],
        [much, 'GRAPHQL_VALIDATION_FAILED'],
        [little, 'UNAUTHENTICATED'],
      ] as const)
        expect((await app.ask(query, variables)).errors[0]?.extensions?.code).toBe(code);
    },
  );

  it('says that no answer may be stored', async () => {
    const { headers } = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
  });

  it('refuses an unknown field of an input by name', async () => {
    const { errors } = await app.ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
      { input: { email: 'a@example.org', password: 'x', remember: true } },
    );
    expect(errors[0]?.message).toContain('remember');
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['no token of ours', 'Bearer nonsense'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an unknown API key', `Bearer tmk_${'a'.repeat(43)}`],
  ])('answers 401 UNAUTHENTICATED to %s', async (_, authorization) => {
    const { status, errors } = await app.ask('{ me { accountId } }', {}, { headers: { authorization } });
    expect([status, errors[0]?.extensions?.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('refuses a body of 5 MB with 413 and stays up', async () => {
    const body = JSON.stringify({ query: `# ${'x'.repeat(5_000_000)}\n{ __typename }` });
    const answer = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(413);
    expect(await app.gql('{ __typename }')).toEqual({ __typename: 'Query' });
  });

  it('sends security headers and the id of the request', async () => {
    const { headers } = await fetch(`${app.url}/health/live`, {
      headers: { 'x-request-id': 'abc-12345678' },
    });
    expect(headers.get('x-request-id')).toBe('abc-12345678');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

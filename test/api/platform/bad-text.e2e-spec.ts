import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';

const NUL = '\u0000';

describe('a text with a character that no database row can hold', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });

  it.each([
    ['a query', 'query ($text: String!) { coop(slug: $text) { id } }', `a${NUL}b`],
    [
      'a cursor',
      'query ($text: String!) { coops(after: $text) { edges { cursor } } }',
      Buffer.from(JSON.stringify([`a${NUL}`])).toString('base64url'),
    ],
  ])('is the caller’s fault in %s, not ours', async (_where, query, text) => {
    const { errors } = await app.ask(query, { text });
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors[0]?.message).toContain('U+0000');
  });

  it('makes an e-mail address that nobody has', async () => {
    const { signIn } = await app.gql<{ signIn: { __typename: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
      { input: { email: `a${NUL}b@example.org`, password: 'a password of somebody' } },
    );
    expect(signIn.__typename).toBe('SignInRefused');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestMember, aCoop } from '../../support/builders/membership.js';
import { ME, SIGN_IN, SIGN_OUT_EVERYWHERE, atOnce } from './operations.js';

interface Refreshed {
  readonly status: number;
  readonly accessToken: string | undefined;
  /** The value of the cookie in the answer; empty when it was cleared, undefined when it was not set. */
  readonly cookie: string | undefined;
}

const SECOND = 1000;
const DAY = 86_400_000;

describe('refreshing a session', () => {
  let app: TestApp;

  async function cookieOf(member: TestMember): Promise<string> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: SIGN_IN,
        variables: { input: { email: member.email, password: member.password } },
      }),
    });
    return response.headers.getSetCookie()[0] ?? '';
  }

  const valueOf = (setCookie: string): string => /touchmark_refresh=([^;]*)/.exec(setCookie)?.[1] ?? '';

  async function refresh(token: string | null, origin: string | null = app.url): Promise<Refreshed> {
    const response = await fetch(`${app.url}/session/refresh`, {
      method: 'POST',
      headers: {
        ...(origin === null ? {} : { origin }),
        ...(token === null ? {} : { cookie: `theme=dark; touchmark_refresh=${token}` }),
      },
    });
    const body = (await response.json()) as { accessToken?: string };
    const set = response.headers.getSetCookie()[0];
    return {
      status: response.status,
      accessToken: body.accessToken,
      cookie: set === undefined ? undefined : valueOf(set),
    };
  }

  const works = async (token: string | undefined): Promise<boolean> =>
    Boolean((await app.ask<{ me: unknown }>(ME, {}, { token: token ?? '' })).data?.me);

  beforeAll(async () => {
    app = await startTestApp();
    // A frozen clock: the grace of ten seconds must not depend on how busy the machine is.
    await app.clock.freeze(new Date('2027-03-01T10:00:00Z'));
  });
  afterAll(async () => {
    await app.stop();
  });

  it('keeps the refresh token in an httpOnly cookie for one path of this site alone', async () => {
    const { admin } = await aCoop(app);
    const attributes = (await cookieOf(admin)).split('; ').slice(1);
    expect(attributes).toEqual(
      expect.arrayContaining(['Path=/session/refresh', 'HttpOnly', 'SameSite=Strict']),
    );
    expect(attributes).not.toContain('Secure');
  });

  it('gives a new access token and the next refresh token', async () => {
    const { admin } = await aCoop(app);
    const first = valueOf(await cookieOf(admin));
    const second = await refresh(first);
    expect(second.status).toBe(200);
    expect(second.cookie).not.toBe(first);
    expect(await works(second.accessToken)).toBe(true);
    const third = await refresh(second.cookie ?? '');
    expect(await works(third.accessToken)).toBe(true);
  });

  it('refuses a request from another origin or from none, and leaves the session alone', async () => {
    const { admin } = await aCoop(app);
    const token = valueOf(await cookieOf(admin));
    const answers = [
      await refresh(token, 'https://evil.example'),
      await refresh(token, null),
      await refresh(token, 'null'),
    ];
    expect(answers).toEqual(answers.map(() => ({ status: 403, accessToken: undefined, cookie: undefined })));
    expect((await refresh(token)).status).toBe(200);
  });

  it('refuses a missing or unknown token and clears the cookie', async () => {
    expect(await refresh(null)).toEqual({ status: 401, accessToken: undefined, cookie: '' });
    expect(await refresh('unknown')).toEqual({ status: 401, accessToken: undefined, cookie: '' });
  });

  it('serves a second tab within ten seconds without another refresh token', async () => {
    const { admin } = await aCoop(app);
    const token = valueOf(await cookieOf(admin));
    const first = await refresh(token);
    await app.clock.step(10 * SECOND);
    const second = await refresh(token);
    expect(second).toMatchObject({ status: 200, cookie: undefined });
    expect(await works(second.accessToken)).toBe(true);
    expect((await refresh(first.cookie ?? '')).status).toBe(200);
  });

  it('ends the whole session when a token comes back after the grace', async () => {
    const { admin } = await aCoop(app);
    const stolen = valueOf(await cookieOf(admin));
    const next = await refresh(stolen);
    await app.clock.step(10 * SECOND + 1);
    expect(await refresh(stolen)).toMatchObject({ status: 401, cookie: '' });
    expect(await works(next.accessToken)).toBe(false);
    expect((await refresh(next.cookie ?? '')).status).toBe(401);
    // Only that session: the one that the builder opened goes on.
    expect(await works(admin.token)).toBe(true);
  });

  it('ends with the session: after sign-out everywhere and after thirty days', async () => {
    const { admin } = await aCoop(app);
    const signedOut = valueOf(await cookieOf(admin));
    await app.gql(SIGN_OUT_EVERYWHERE, {}, admin);
    expect((await refresh(signedOut)).status).toBe(401);
    const old = valueOf(await cookieOf(admin));
    await app.clock.step(30 * DAY);
    expect((await refresh(old)).status).toBe(401);
  });

  it('answers nothing to GET', async () => {
    expect((await fetch(`${app.url}/session/refresh`)).status).toBe(404);
  });

  describe('at once', () => {
    it('exchanges one token once when twenty tabs send it, and serves all twenty', async () => {
      const { admin } = await aCoop(app);
      const token = valueOf(await cookieOf(admin));
      const answers = await atOnce(20, () => refresh(token));
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
      expect(answers.filter((answer) => answer.cookie !== undefined)).toHaveLength(1);
      const rows = await app.database.query<{ open: number }>(
        `select count(*)::int as open from refresh_token t join session s on s.id = t.session_id
          where s.account_id = $1 group by s.id order by 1`,
        [admin.accountId],
      );
      // The builder's session has one token, the one of the tabs its first and its second.
      expect(rows).toEqual([{ open: 1 }, { open: 2 }]);
    });
  });
});

describe('the refresh cookie behind https', () => {
  it('is Secure', async () => {
    const app = await startTestApp({ env: { PUBLIC_URL: 'https://touchmark.example' } });
    try {
      const { admin } = await aCoop(app);
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: SIGN_IN,
          variables: { input: { email: admin.email, password: admin.password } },
        }),
      });
      expect(response.headers.getSetCookie()[0]?.split('; ')).toContain('Secure');
    } finally {
      await app.stop();
    }
  });
});

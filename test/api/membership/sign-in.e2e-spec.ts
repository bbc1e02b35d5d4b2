import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader } from 'jose';
import { SignIn } from '../../../apps/api/src/membership/sign-in/sign-in.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { TEST_PASSWORD, aCoop, aMember, anEmail, signedIn } from '../../support/builders/membership.js';
import { ME, type Outcome, SIGN_IN, SIGN_OUT, SIGN_OUT_EVERYWHERE } from './operations.js';

interface SignInAnswer {
  readonly signIn: Outcome & {
    readonly accessToken?: string;
    readonly expiresAt?: string;
    readonly retryAfterSeconds?: number;
    readonly me?: { readonly accountId: string; readonly email: string };
  };
}

const MINUTE = 60_000;

describe('signing in', () => {
  let app: TestApp;
  const signIn = async (email: string, password: string) =>
    (await app.gql<SignInAnswer>(SIGN_IN, { input: { email, password } })).signIn;
  const codeFor = async (token: string) => (await app.ask(ME, {}, { token })).errors[0]?.extensions?.code;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });

  it('gives a bearer token for ten minutes for the right password, however the address is capitalized', async () => {
    const { admin } = await aCoop(app);
    const now = new Date('2027-03-03T10:00:00Z');
    await app.clock.freeze(now);
    const answer = await signIn(` ${admin.email.toUpperCase()} `, admin.password);
    expect(answer).toMatchObject({
      __typename: 'SignedIn',
      me: { accountId: admin.accountId, email: admin.email },
    });
    expect((Date.parse(answer.expiresAt ?? '') - now.getTime()) / MINUTE).toBe(10);
    const { me } = await app.gql<{ me: unknown }>(ME, {}, { token: answer.accessToken ?? '' });
    expect(me).toMatchObject({ accountId: admin.accountId });
    await app.clock.release();
  });

  it('signs its tokens with EdDSA and puts nothing personal into them', async () => {
    const { admin } = await aCoop(app);
    expect(decodeProtectedHeader(admin.token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt' });
    expect(Object.keys(decodeJwt(admin.token)).sort()).toEqual(['exp', 'iat', 'iss', 'sid', 'sub']);
  });

  it('answers a wrong password and an unknown address alike, in words and in time', async () => {
    const { admin } = await aCoop(app);
    // The time that the processors work for it, which is that of the answer on a machine that does nothing else.
    const timed = async (email: string) => {
      const before = process.cpuUsage();
      const answer = await signIn(email, 'not the password at all');
      return { answer, workedUs: process.cpuUsage(before).user };
    };
    const wrong: Awaited<ReturnType<typeof timed>>[] = [];
    const unknown: typeof wrong = [];
    for (let time = 0; time < 5; time += 1) {
      wrong.push(await timed(admin.email));
      unknown.push(await timed(anEmail()));
    }
    expect(wrong[0]?.answer).toMatchObject({ __typename: 'SignInRefused' });
    expect(new Set([...wrong, ...unknown].map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    const least = (runs: typeof wrong) => Math.min(...runs.map(({ workedUs }) => workedUs));
    // Without the decoy hash an unknown address would take a tenth of the work.
    expect(least(unknown)).toBeGreaterThan(least(wrong) * 0.4);
  });

  it('stores passwords as argon2id', async () => {
    const { admin } = await aCoop(app);
    const rows = await app.database.query<{ password_hash: string }>(
      'select password_hash from account where id = $1',
      [admin.accountId],
    );
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('lets a person in whom a stranger at another place kept trying to be', async () => {
    const { admin } = await aCoop(app);
    await app.clock.freeze(new Date('2027-03-02T10:00:00Z'));
    const from = async (ip: string, password: string) =>
      (await app.nest.get(SignIn, { strict: false }).run({ email: admin.email, password, ip })).kind;
    const kinds: string[] = [];
    for (let attempt = 0; attempt < 70; attempt += 1)
      kinds.push(await from('192.0.2.1', 'a guess of a stranger'));
    expect(kinds.filter((kind) => kind === 'SignInRefused')).toHaveLength(10);
    expect(await from('198.51.100.7', admin.password)).toBe('SignedIn');
    await app.clock.release();
  });

  it('refuses the eleventh attempt of a quarter of an hour and tells when to come back', async () => {
    const { admin } = await aCoop(app);
    await app.clock.freeze(new Date('2027-03-01T10:05:00Z'));
    try {
      for (let attempt = 1; attempt <= 10; attempt += 1)
        expect(await signIn(admin.email, 'wrong password')).toMatchObject({ __typename: 'SignInRefused' });
      expect(await signIn(admin.email, admin.password)).toMatchObject({
        __typename: 'TooManyAttempts',
        retryAfterSeconds: 600,
      });
      await app.clock.step(10 * MINUTE);
      expect(await signIn(admin.email, admin.password)).toMatchObject({ __typename: 'SignedIn' });
    } finally {
      await app.clock.release();
    }
  });

  it('keeps no e-mail address among the counted attempts', async () => {
    const email = anEmail('counted');
    await signIn(email, 'whatever it may be');
    const rows = await app.database.query('select 1 from rate_limit where key like $1', [`%${email}%`]);
    expect(rows).toEqual([]);
  });

  it('refuses a token that is nonsense, unsigned, signed by another key or changed', async () => {
    const { admin } = await aCoop(app);
    const { privateKey } = generateKeyPairSync('ed25519');
    const claims = decodeJwt(admin.token);
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
      .sign(privateKey);
    const unsecured = new UnsecuredJWT(claims).encode();
    const [header, , signature] = admin.token.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, exp: 4_000_000_000 })).toString('base64url');
    const changed = [header, payload, signature].join('.');
    for (const token of ['nonsense', foreign, unsecured, changed])
      expect(await codeFor(token)).toBe('UNAUTHENTICATED');
  });

  it('answers 401 to a bad token even where no sign-in is needed', async () => {
    const { status, data } = await app.ask(ME, {}, { token: 'nonsense' });
    expect({ status, data }).toEqual({ status: 401, data: null });
  });

  it('refuses an access token after ten minutes of the clock', async () => {
    await app.clock.freeze(new Date('2027-03-03T12:00:00Z'));
    const { admin } = await aCoop(app);
    await app.clock.step(9 * MINUTE);
    expect(await codeFor(admin.token)).toBeUndefined();
    await app.clock.step(MINUTE);
    expect(await codeFor(admin.token)).toBe('UNAUTHENTICATED');
    await app.clock.release();
  });

  it('ends one session at sign-out and leaves the others', async () => {
    const { admin } = await aCoop(app);
    const other = await signedIn(app, admin.email);
    expect(await app.gql(SIGN_OUT, {}, admin)).toEqual({ signOut: { endedSessions: 1 } });
    expect(await codeFor(admin.token)).toBe('UNAUTHENTICATED');
    expect(await codeFor(other)).toBeUndefined();
  });

  it('ends every session at once everywhere, and of nobody else', async () => {
    const coop = await aCoop(app);
    const member = await aMember(app, coop);
    const tokens = [member.token, await signedIn(app, member.email), await signedIn(app, member.email)];
    expect(await app.gql(SIGN_OUT_EVERYWHERE, {}, member)).toEqual({
      signOutEverywhere: { endedSessions: 3 },
    });
    expect(await Promise.all(tokens.map(codeFor))).toEqual(tokens.map(() => 'UNAUTHENTICATED'));
    expect(await codeFor(coop.admin.token)).toBeUndefined();
  });

  it('needs a sign-in to sign out', async () => {
    expect((await app.ask(SIGN_OUT)).errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('reads no cookie at /graphql', async () => {
    const { admin } = await aCoop(app);
    const cookie = `touchmark_refresh=${admin.token}; access_token=${admin.token}`;
    expect(await app.gql(ME, {}, { headers: { cookie } })).toEqual({ me: null });
  });

  it('refuses unknown fields and a password of the wrong type', async () => {
    const extra = await app.ask(SIGN_IN, {
      input: { email: anEmail(), password: TEST_PASSWORD, admin: true },
    });
    const number = await app.ask(SIGN_IN, { input: { email: anEmail(), password: 12 } });
    expect([extra, number].map(({ errors }) => errors[0]?.extensions?.code)).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
  });
});

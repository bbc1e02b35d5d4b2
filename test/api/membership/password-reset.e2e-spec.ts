import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aCollector, aCoop, anEmail, sessionOf, signedIn } from '../../support/builders/membership.js';
import { mailsTo, nextMail, tokenIn } from '../../support/mail.js';
import { until } from '../../support/until.js';
import { ME, type Outcome, REQUEST_RESET, RESET, SIGN_IN, atOnce, counted } from './operations.js';

const NEW_PASSWORD = 'a new and better one';
const HOUR = 3_600_000;

describe('a new password', () => {
  let app: TestApp;

  const request = async (email: string) =>
    app.gql<{ requestPasswordReset: unknown }>(REQUEST_RESET, { input: { email } });
  const reset = async (token: string, newPassword = NEW_PASSWORD) =>
    (await app.gql<{ resetPassword: Outcome }>(RESET, { input: { token, newPassword } })).resetPassword;
  const signIn = async (email: string, password: string) =>
    (await app.gql<{ signIn: Outcome }>(SIGN_IN, { input: { email, password } })).signIn.__typename;

  async function linkFor(email: string): Promise<string> {
    const earlier = mailsTo(app, email).length;
    await request(email);
    await until('a mail with a link', () => mailsTo(app, email).length > earlier);
    return tokenIn(await nextMail(app, email, 'new password'));
  }

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('replaces the old one and ends every session', async () => {
    const { admin } = await aCoop(app);
    const sessions = [
      admin.token,
      await signedIn(app, admin.email),
      (await aCollector(app, admin.email)).token,
    ];
    expect(await reset(await linkFor(admin.email))).toMatchObject({ __typename: 'PasswordReset' });
    const codes = await Promise.all(
      sessions.map(async (token) => (await app.ask(ME, {}, { token })).errors[0]?.extensions?.code),
    );
    expect(codes).toEqual(sessions.map(() => 'UNAUTHENTICATED'));
    expect(await signIn(admin.email, admin.password)).toBe('SignInRefused');
    expect(await signIn(admin.email, NEW_PASSWORD)).toBe('SignedIn');
  });

  it('spends every open link', async () => {
    const { admin } = await aCoop(app);
    const [first, second] = [await linkFor(admin.email), await linkFor(admin.email)];
    expect(first).not.toBe(second);
    expect(await reset(second)).toMatchObject({ __typename: 'PasswordReset' });
    expect([await reset(first), await reset(second)].map((outcome) => outcome.__typename)).toEqual([
      'TokenRefused',
      'TokenRefused',
    ]);
  });

  it('needs a link that is at most an hour old', async () => {
    const { admin } = await aCoop(app);
    const token = await linkFor(admin.email);
    await app.clock.step(HOUR);
    expect(await reset(token)).toMatchObject({ __typename: 'TokenRefused' });
    await app.clock.release();
    expect(await signIn(admin.email, admin.password)).toBe('SignedIn');
  });

  it('has twelve characters or more, and a shorter one does not spend the link', async () => {
    const { admin } = await aCoop(app);
    const token = await linkFor(admin.email);
    expect(await reset(token, 'too short')).toMatchObject({ __typename: 'InputRefused' });
    expect(await reset(token)).toMatchObject({ __typename: 'PasswordReset' });
  });

  it('is asked for with one answer, account or not, and mails nobody who has none', async () => {
    const { admin } = await aCoop(app);
    const nobody = anEmail('nobody');
    expect(await request(nobody)).toEqual(await request(admin.email));
    expect(await request('not an address')).toEqual(await request(admin.email));
    // The mail of the admin was asked for after the job of nobody: when it is there, that job had its turn.
    await nextMail(app, admin.email, 'new password');
    expect(mailsTo(app, nobody)).toEqual([]);
  });

  it('is mailed five times an hour at most, with the same answer', async () => {
    const { admin } = await aCoop(app);
    await app.clock.freeze(new Date('2027-05-01T10:00:00Z'));
    for (let asked = 0; asked < 8; asked += 1) await request(admin.email);
    await until('five mails', () => mailsTo(app, admin.email).length >= 5);
    await until('no job to be left', async () => {
      const [row] = await app.database.query<{ left: number }>(
        `select count(*)::int as left from graphile_worker.jobs where task_identifier like '%password%'`,
      );
      return row?.left === 0;
    });
    expect(mailsTo(app, admin.email)).toHaveLength(5);
    await app.clock.release();
  });

  describe('at once', () => {
    it('is set once when one link is used twenty times', async () => {
      const { admin } = await aCoop(app);
      const token = await linkFor(admin.email);
      const outcomes = await atOnce(20, (index) => reset(token, `password number ${String(index)}`));
      expect(counted(outcomes)).toEqual({ PasswordReset: 1, TokenRefused: 19 });
    });

    it('leaves no session that was opened with the old one meanwhile', async () => {
      const { admin } = await aCoop(app);
      const token = await linkFor(admin.email);
      const tries = atOnce(20, () => sessionOf(app, admin.email, admin.password));
      expect(await reset(token)).toMatchObject({ __typename: 'PasswordReset' });
      const opened = (await tries).filter((session) => session !== null);
      const alive = await Promise.all(
        opened.map(async (session) => (await app.ask(ME, {}, { token: session })).errors.length === 0),
      );
      expect(alive.filter(Boolean)).toEqual([]);
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aCoop, anEmail } from '../../support/builders/membership.js';
import { mailsTo, nextMail } from '../../support/mail.js';
import { until } from '../../support/until.js';
import { ME, type Outcome, REQUEST_CODE, SIGN_IN_WITH_CODE, atOnce, counted } from './operations.js';

const MINUTE = 60_000;

describe('a collector', () => {
  let app: TestApp;

  const request = async (email: string) =>
    (
      await app.gql<{ requestSignInCode: Outcome & { challenge?: string; retryAfterSeconds?: number } }>(
        REQUEST_CODE,
        {
          input: { email },
        },
      )
    ).requestSignInCode;
  const signIn = async (email: string, code: string, challenge: string) =>
    (
      await app.gql<{
        signInWithCode: Outcome & {
          accessToken?: string;
          me?: { accountId: string; memberships: unknown[] };
        };
      }>(SIGN_IN_WITH_CODE, { input: { email, code, challenge } })
    ).signInWithCode;

  async function sent(email: string): Promise<{ code: string; challenge: string }> {
    const earlier = mailsTo(app, email).length;
    const { challenge } = await request(email);
    await until('a mail with a code', () => mailsTo(app, email).length > earlier);
    const { text } = await nextMail(app, email, 'sign-in code');
    return { code: /\d{4} \d{4}/.exec(text)?.[0] ?? '', challenge: challenge ?? '' };
  }
  const wrong = (code: string): string => (code.startsWith('1') ? '2' : '1') + code.slice(1);

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('signs in with the code from their mail, and is the same person the next time', async () => {
    const email = anEmail('collector');
    const first = await sent(email);
    const signedIn = await signIn(email, first.code, first.challenge);
    expect(signedIn).toMatchObject({ __typename: 'SignedIn', me: { memberships: [] } });
    expect(await app.gql(ME, {}, { token: signedIn.accessToken ?? '' })).toMatchObject({
      me: { accountId: signedIn.me?.accountId },
    });
    const second = await sent(email.toUpperCase().replace('EXAMPLE', 'example').toLowerCase());
    expect((await signIn(email, second.code, second.challenge)).me?.accountId).toBe(signedIn.me?.accountId);
  });

  it('cannot use a code twice', async () => {
    const email = anEmail();
    const { code, challenge } = await sent(email);
    expect(await signIn(email, code, challenge)).toMatchObject({ __typename: 'SignedIn' });
    expect(await signIn(email, code, challenge)).toMatchObject({ __typename: 'SignInRefused' });
  });

  it('cannot use a code in another browser or for another address', async () => {
    const [mine, other] = [anEmail(), anEmail()];
    const { code, challenge } = await sent(mine);
    const elsewhere = await request(mine);
    expect(await signIn(mine, code, elsewhere.challenge ?? '')).toMatchObject({
      __typename: 'SignInRefused',
    });
    expect(await signIn(mine, code, '')).toMatchObject({ __typename: 'SignInRefused' });
    expect(await signIn(other, code, challenge)).toMatchObject({ __typename: 'SignInRefused' });
    expect(await signIn(mine, code, challenge)).toMatchObject({ __typename: 'SignedIn' });
  });

  it('has five tries', async () => {
    const [patient, hasty] = [anEmail(), anEmail()];
    const four = await sent(patient);
    for (let tries = 0; tries < 4; tries += 1) await signIn(patient, wrong(four.code), four.challenge);
    expect(await signIn(patient, four.code, four.challenge)).toMatchObject({ __typename: 'SignedIn' });
    const five = await sent(hasty);
    for (let tries = 0; tries < 5; tries += 1) await signIn(hasty, wrong(five.code), five.challenge);
    expect(await signIn(hasty, five.code, five.challenge)).toMatchObject({ __typename: 'SignInRefused' });
  });

  it('has ten minutes', async () => {
    const email = anEmail();
    const { code, challenge } = await sent(email);
    await app.clock.step(10 * MINUTE);
    expect(await signIn(email, code, challenge)).toMatchObject({ __typename: 'SignInRefused' });
    await app.clock.release();
  });

  it('is told neither whether an address has an account nor by a longer way', async () => {
    const { admin } = await aCoop(app);
    const [known, unknown] = [await request(admin.email), await request(anEmail())];
    expect([known.__typename, unknown.__typename]).toEqual(['SignInCodeSent', 'SignInCodeSent']);
  });

  it('gets five codes in a quarter of an hour', async () => {
    const email = anEmail();
    await app.clock.freeze(new Date('2027-04-01T10:00:00Z'));
    for (let codes = 0; codes < 5; codes += 1)
      expect((await request(email)).__typename).toBe('SignInCodeSent');
    expect(await request(email)).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 900 });
    await app.clock.release();
  });

  it('is told when an address is none', async () => {
    for (const email of [
      '',
      'nobody',
      'a@b',
      'a b@example.org',
      'a@example.org\r\nBcc: b@example.org',
      `${'a'.repeat(250)}@x.org`,
    ])
      expect(await request(email)).toMatchObject({ __typename: 'InputRefused', field: 'email' });
  });

  it('whose code is stored so that it cannot be read or found by trying', async () => {
    const email = anEmail();
    const { code } = await sent(email);
    const rows = await app.database.query<{ text: string }>(
      `select sign_in_code::text || ' ' || encode(sha256(convert_to($1, 'utf8')), 'hex') as text from sign_in_code
        where email = $2 union all select payload::text from graphile_worker._private_jobs`,
      [code.replace(' ', ''), email],
    );
    const plain = code.replace(' ', '');
    const [row = '', hash = ''] = [rows[0]?.text.split(' ')[0], rows[0]?.text.split(' ').at(-1)];
    expect(rows.slice(1).some(({ text }) => text.includes(plain))).toBe(false);
    expect(row.includes(hash)).toBe(false);
  });

  describe('at once', () => {
    it('is signed in once when one code is sent twenty times', async () => {
      const email = anEmail();
      const { code, challenge } = await sent(email);
      const outcomes = await atOnce(20, () => signIn(email, code, challenge));
      expect(counted(outcomes)).toEqual({ SignedIn: 1, SignInRefused: 19 });
    });

    it('has five tries also when twenty guesses come together', async () => {
      const email = anEmail();
      const { code, challenge } = await sent(email);
      const outcomes = await atOnce(20, () => signIn(email, wrong(code), challenge));
      expect(counted(outcomes)).toEqual({ SignInRefused: 20 });
      const rows = await app.database.query('select tries from sign_in_code where email = $1', [email]);
      expect(rows).toEqual([{ tries: 5 }]);
    });

    it('becomes one account when two new browsers sign in', async () => {
      const email = anEmail();
      const [first, second] = [await sent(email), await sent(email)];
      const outcomes = await Promise.all(
        [first, second].map(({ code, challenge }) => signIn(email, code, challenge)),
      );
      expect(counted(outcomes)).toEqual({ SignedIn: 2 });
      expect(new Set(outcomes.map((outcome) => outcome.me?.accountId)).size).toBe(1);
    });
  });
});

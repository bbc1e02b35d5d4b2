import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aBrand, aCollector, aCoop, aMember } from '../../support/builders/membership.js';

const ME = `{ me { accountId displayName email kind memberships { roles coop { slug } } } }`;

interface Answer {
  readonly me: {
    readonly accountId: string;
    readonly kind: string;
    readonly email: string | null;
    readonly memberships: readonly { readonly roles: string[]; readonly coop: { readonly slug: string } }[];
  } | null;
}

describe('who is signed in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });

  it('is nobody without a token', async () => {
    expect(await app.gql<Answer>(ME)).toEqual({ me: null });
  });

  it('is an admin with their roles in their co-op', async () => {
    const coop = await aCoop(app);
    const { me } = await app.gql<Answer>(ME, {}, coop.admin);
    expect(me).toMatchObject({
      accountId: coop.admin.accountId,
      kind: 'PERSON',
      email: coop.admin.email,
      memberships: [{ roles: ['MEMBER', 'ADMIN'], coop: { slug: coop.slug } }],
    });
  });

  it('is a member of each co-op that they joined, with the roles of each', async () => {
    const coop = await aCoop(app);
    const member = await aMember(app, coop, ['operator', 'member']);
    const { me } = await app.gql<Answer>(ME, {}, member);
    expect(me?.memberships).toEqual([{ roles: ['MEMBER', 'OPERATOR'], coop: { slug: coop.slug } }]);
  });

  it('is a collector without any role, even with the address of an admin', async () => {
    const coop = await aCoop(app);
    const collector = await aCollector(app, coop.admin.email);
    const { me } = await app.gql<Answer>(ME, {}, collector);
    expect(me).toMatchObject({ accountId: coop.admin.accountId, memberships: [] });
  });

  it('is a brand by API key', async () => {
    const coop = await aCoop(app);
    const brand = await aBrand(app, coop.admin);
    const { me } = await app.gql<Answer>(ME, {}, { apiKey: brand.apiKey });
    expect(me).toMatchObject({ accountId: brand.brandId, kind: 'BRAND', email: null, memberships: [] });
  });
});

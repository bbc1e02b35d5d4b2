import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aBrand, aCollector, aCoop } from '../../support/builders/membership.js';
import {
  CREATE_BRAND,
  CREATE_KEY,
  INVITE,
  KEYS,
  ME,
  type Outcome,
  REVOKE_KEY,
  SIGN_OUT,
} from './operations.js';

interface KeyCreated extends Outcome {
  readonly keyId?: string;
  readonly key?: string;
}

describe('a brand', () => {
  let app: TestApp;
  const createKey = async (token: string, brandId: string, scopes: readonly string[], name = 'Shop') =>
    app.ask<{ createApiKey: KeyCreated }>(CREATE_KEY, { input: { brandId, name, scopes } }, { token });
  const revoke = async (token: string, brandId: string, keyId: string) =>
    app.ask<{ revokeApiKey: Outcome }>(REVOKE_KEY, { input: { brandId, keyId } }, { token });
  const codeFor = async (apiKey: string) => (await app.ask(ME, {}, { apiKey })).errors[0]?.extensions?.code;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });

  it('is made by a person, who gives it a key that is shown once and stored as SHA-256', async () => {
    const { admin } = await aCoop(app);
    const made = await app.gql<{ createBrand: { brandId: string } }>(
      CREATE_BRAND,
      { input: { name: 'Shop' } },
      admin,
    );
    const { brandId } = made.createBrand;
    const { data } = await createKey(admin.token, brandId, ['ORDERS_WRITE', 'ORDERS_WRITE']);
    const key = data?.createApiKey.key ?? '';
    expect(key).toMatch(/^tmk_[A-Za-z0-9_-]{43}$/);
    expect(await app.gql(KEYS, { brandId }, admin)).toEqual({
      apiKeys: [{ id: data?.createApiKey.keyId, name: 'Shop', scopes: ['ORDERS_WRITE'], revokedAt: null }],
    });
    const rows = await app.database.query<{ key_hash: Buffer }>(
      'select key_hash from api_key where account_id = $1',
      [brandId],
    );
    expect(rows.map((row) => row.key_hash.toString('hex'))).toEqual([
      createHash('sha256').update(key).digest('hex'),
    ]);
    expect(await app.gql(ME, {}, { apiKey: key })).toMatchObject({ me: { accountId: brandId } });
  });

  it('is out with the next request after its key was revoked, and only with that key', async () => {
    const { admin } = await aCoop(app);
    const brand = await aBrand(app, admin);
    const second =
      (await createKey(admin.token, brand.brandId, ['CATALOG_READ'])).data?.createApiKey.key ?? '';
    const revoked = await revoke(admin.token, brand.brandId, brand.keyId);
    expect(revoked.data?.revokeApiKey.__typename).toBe('ApiKeyRevoked');
    expect(await codeFor(brand.apiKey)).toBe('UNAUTHENTICATED');
    expect(await codeFor(second)).toBeUndefined();
  });

  it('is nobody with a key that is changed by one character', async () => {
    const brand = await aBrand(app, (await aCoop(app)).admin);
    const last = brand.apiKey.at(-1) === 'A' ? 'B' : 'A';
    expect(await codeFor(brand.apiKey.slice(0, -1) + last)).toBe('UNAUTHENTICATED');
    expect(await codeFor('tmk_')).toBe('UNAUTHENTICATED');
  });

  it('can do nothing that needs a person or a role', async () => {
    const coop = await aCoop(app);
    const brand = await aBrand(app, coop.admin);
    const asks = [
      await app.ask(SIGN_OUT, {}, brand),
      await app.ask(CREATE_BRAND, { input: { name: 'x' } }, brand),
      await app.ask(
        INVITE,
        { input: { coopId: coop.coopId, email: 'a@example.org', roles: ['ADMIN'] } },
        brand,
      ),
    ];
    expect(asks.map(({ errors }) => errors[0]?.extensions?.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
  });

  it('is nothing to anybody but its owner', async () => {
    const [owner, stranger] = [(await aCoop(app)).admin, (await aCoop(app)).admin];
    const brand = await aBrand(app, owner);
    expect(
      (await createKey(stranger.token, brand.brandId, ['ORDERS_WRITE'])).data?.createApiKey.__typename,
    ).toBe('NotFound');
    expect((await revoke(stranger.token, brand.brandId, brand.keyId)).data?.revokeApiKey.__typename).toBe(
      'NotFound',
    );
    expect(await app.gql(KEYS, { brandId: brand.brandId }, stranger)).toEqual({ apiKeys: [] });
    expect(await codeFor(brand.apiKey)).toBeUndefined();
  });

  it('is found by no id of another kind', async () => {
    const { admin } = await aCoop(app);
    const brand = await aBrand(app, admin);
    for (const brandId of ['not-an-id', admin.accountId]) {
      expect((await createKey(admin.token, brandId, ['ORDERS_WRITE'])).data?.createApiKey.__typename).toBe(
        'NotFound',
      );
      expect((await revoke(admin.token, brandId, brand.keyId)).data?.revokeApiKey.__typename).toBe(
        'NotFound',
      );
      expect(await app.gql(KEYS, { brandId }, admin)).toEqual({ apiKeys: [] });
    }
    expect((await revoke(admin.token, brand.brandId, 'not-an-id')).data?.revokeApiKey.__typename).toBe(
      'NotFound',
    );
  });

  it('and its keys need a sign-in with a password', async () => {
    const { admin } = await aCoop(app);
    const brand = await aBrand(app, admin);
    const byCode = await aCollector(app, admin.email);
    const made = await app.ask(CREATE_BRAND, { input: { name: 'Shop' } }, byCode);
    const key = await createKey(byCode.token, brand.brandId, ['ORDERS_WRITE']);
    const revoked = await revoke(byCode.token, brand.brandId, brand.keyId);
    expect([made, key, revoked].map(({ errors }) => errors[0]?.extensions?.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
  });

  it('has a name, and its keys a scope of those that there are', async () => {
    const { admin } = await aCoop(app);
    const nameless = await app.gql(CREATE_BRAND, { input: { name: ' ' } }, admin);
    expect(nameless).toEqual({ createBrand: { __typename: 'InputRefused', field: 'name' } });
    const brand = await aBrand(app, admin);
    expect((await createKey(admin.token, brand.brandId, [])).data?.createApiKey).toMatchObject({
      field: 'scopes',
    });
    const unknown = await createKey(admin.token, brand.brandId, ['EVERYTHING']);
    expect(unknown.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  describe('at once', () => {
    it('has fifty keys at most, however many are asked for together', async () => {
      const { admin } = await aCoop(app);
      const brand = await aBrand(app, admin);
      const answers = await Promise.all(
        Array.from({ length: 60 }, () => createKey(admin.token, brand.brandId, ['CATALOG_READ'])),
      );
      const kinds = answers.map(({ data }) => data?.createApiKey.__typename);
      // The builder made the first of the fifty.
      expect(kinds.filter((kind) => kind === 'ApiKeyCreated')).toHaveLength(49);
      expect(kinds.filter((kind) => kind === 'InputRefused')).toHaveLength(11);
    });
  });
});

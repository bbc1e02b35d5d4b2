import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { FEATURES } from '../../../apps/api/src/app.module.js';
import { buildSchema } from '../../../apps/api/src/schema.js';
import { ROLES, type Role } from '../../../apps/api/src/platform/auth/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aBrand, aCollector, aCoop, aMember } from '../../support/builders/membership.js';
import type { Caller } from '../../support/graphql-client.js';
import { ACCESS_TABLE } from './access-table.js';
import { declaredAccess, ruleText } from './declared-access.js';
import { minimalCall } from './minimal-call.js';

const declared = declaredAccess(FEATURES);
const REFUSED = ['UNAUTHENTICATED', 'FORBIDDEN'];

/** Who the table lets in, read back from its words alone. */
function letsIn(
  words: string,
  who: { person: 'password' | 'code' | null; roles: readonly Role[]; scopes: readonly string[] },
): boolean {
  const allowed = words.split(', ');
  if (allowed.includes('anyone')) return true;
  if (who.person !== null && allowed.includes('person')) return true;
  if (who.person === 'password' && allowed.includes('person by password')) return true;
  return (
    who.roles.some((role) => allowed.includes(role)) ||
    who.scopes.some((scope) => allowed.includes(`brand ${scope}`))
  );
}

describe('who may call what', () => {
  let app: TestApp;
  let schema: GraphQLSchema;
  let coopId: string;
  const callers: { name: string; caller: Caller; who: Parameters<typeof letsIn>[1] }[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    schema = await buildSchema();
    const coop = await aCoop(app);
    const elsewhere = await aCoop(app);
    ({ coopId } = coop);
    const nobody = { person: null, roles: [], scopes: [] };
    callers.push({ name: 'nobody', caller: {}, who: nobody });
    callers.push({ name: 'a collector', caller: await aCollector(app), who: { ...nobody, person: 'code' } });
    callers.push({
      name: 'an admin of another co-op',
      caller: elsewhere.admin,
      who: { ...nobody, person: 'password' },
    });
    for (const role of ROLES)
      callers.push({
        name: `a ${role}`,
        caller: await aMember(app, coop, [role]),
        who: { ...nobody, person: 'password', roles: [role] },
      });
    for (const scope of ['capacity:read', 'catalog:read', 'orders:write'] as const) {
      const { apiKey } = await aBrand(app, coop.admin, [scope]);
      callers.push({
        name: `a brand with ${scope}`,
        caller: { apiKey },
        who: { ...nobody, scopes: [scope] },
      });
    }
  });
  afterAll(async () => {
    await app.stop();
  });

  it('stands in the table for every operation, word for word', () => {
    expect(Object.fromEntries(declared.map(({ operation, rule }) => [operation, ruleText(rule)]))).toEqual(
      ACCESS_TABLE,
    );
  });

  it('covers every query and mutation of the schema', () => {
    const names = (kind: string, type: { getFields(): object } | null | undefined): string[] =>
      Object.keys(type?.getFields() ?? {}).map((name) => `${kind}.${name}`);
    const operations = [
      ...names('Query', schema.getQueryType()),
      ...names('Mutation', schema.getMutationType()),
    ];
    expect(operations.sort()).toEqual(Object.keys(ACCESS_TABLE).sort());
  });

  it('is kept for every kind of caller, over HTTP', async () => {
    const wrong: string[] = [];
    for (const [operation, words] of Object.entries(ACCESS_TABLE)) {
      const [kind = '', name = ''] = operation.split('.');
      const field = (kind === 'Query' ? schema.getQueryType() : schema.getMutationType())?.getFields()[name];
      if (field === undefined) throw new Error(`${operation} is not in the schema`);
      for (const { name: who, caller, who: rights } of callers) {
        // A sign-out ends the session of the very caller that the next operation needs.
        if (name.startsWith('signOut') && rights.person !== null) continue;
        const { errors } = await app.ask(minimalCall(kind, field, { coopId }), {}, caller);
        const refused = errors.some((error) => REFUSED.includes(error.extensions?.code ?? ''));
        const broken = errors.filter((error) => error.extensions?.code === 'INTERNAL_SERVER_ERROR');
        if (broken.length > 0)
          wrong.push(`${operation} breaks for ${who}: ${broken.map((error) => error.message).join()}`);
        if (refused === letsIn(words, rights))
          wrong.push(`${operation} ${refused ? 'refuses' : 'lets in'} ${who}, the table says ${words}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

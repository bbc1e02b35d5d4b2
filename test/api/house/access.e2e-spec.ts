import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { FEATURES } from '../../../apps/api/src/app.module.js';
import { buildSchema } from '../../../apps/api/src/schema.js';
import { ROLES, type Role } from '../../../apps/api/src/platform/auth/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aBrand, aCollector, aCoop, aMember } from '../../support/builders/membership.js';
import type { Caller, GraphqlError } from '../../support/graphql-client.js';
import { liveClient } from '../../support/live-client.js';
import { until } from '../../support/until.js';
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
    // Thousands of calls take longer on a slow machine than a token lives.
    await app.clock.freeze(await app.clock.now());
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
    for (const scope of [
      'capacity:read',
      'catalog:read',
      'orders:write',
      'exchange:read',
      'exchange:write',
    ] as const) {
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

  it('covers every query, mutation and subscription of the schema', () => {
    const names = (kind: string, type: { getFields(): object } | null | undefined): string[] =>
      Object.keys(type?.getFields() ?? {}).map((name) => `${kind}.${name}`);
    const operations = [
      ...names('Query', schema.getQueryType()),
      ...names('Mutation', schema.getMutationType()),
      ...names('Subscription', schema.getSubscriptionType()),
    ];
    expect(operations.sort()).toEqual(Object.keys(ACCESS_TABLE).sort());
  });

  it('is kept for every kind of caller, over HTTP', async () => {
    const wrong: string[] = [];
    for (const [operation, words] of Object.entries(ACCESS_TABLE)) {
      const [kind = '', name = ''] = operation.split('.');
      if (kind === 'Subscription') continue;
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

  it('is kept for every kind of caller, over WebSocket', async () => {
    const wrong: string[] = [];
    for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {}))
      for (const { name: who, caller, who: rights } of callers) {
        const words = ACCESS_TABLE[`Subscription.${field.name}`] ?? '';
        const refused = (await liveErrors(app, caller, minimalCall('Subscription', field, { coopId }))).some(
          (error) => REFUSED.includes(error.extensions?.code ?? ''),
        );
        if (refused === letsIn(words, rights))
          wrong.push(`${field.name} ${refused ? 'refuses' : 'lets in'} ${who}, the table says ${words}`);
      }
    expect(wrong).toEqual([]);
  });
});

/** What a subscription is answered with first, by errors; who is not let in at all is told so by the close code. */
async function liveErrors(app: TestApp, caller: Caller, query: string): Promise<readonly GraphqlError[]> {
  const client = liveClient(app.url, caller);
  const subscription = client.subscribe(query);
  const [first] = await until('an answer', () => {
    const refused =
      client.ended?.code === 4401 ? [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] : null;
    return refused !== null
      ? [refused]
      : subscription.received.length > 0
        ? [subscription.received[0]?.errors]
        : null;
  });
  await client.close();
  return first ?? [];
}

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../apps/local/src/ports.ts';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { graphqlClient, type GraphqlClient } from '../../support/graphql-client.js';
import { liveClient, type LiveClient } from '../../support/live-client.js';
import { builtProduct, startProcess, type ProductProcess } from '../../support/product-process.js';
import { promised } from '../../support/proof.js';
import { until } from '../../support/until.js';

const UNREAD = 'subscription { noticesChanged { unread } }';
const ME = '{ me { accountId } }';
const SIGN_OUT = 'mutation { signOut { endedSessions } }';
const EVERYWHERE = 'mutation { signOutEverywhere { endedSessions } }';
const TIMES = 8;

interface Api extends GraphqlClient {
  readonly url: string;
}

describe('a session that is ended through one API process', () => {
  let app: TestApp;
  let coop: TestCoop;
  let processes: ProductProcess[] = [];
  let here: Api;
  let there: Api;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    await builtProduct();
    app = await startTestApp();
    coop = await aCoop(app);
    const ports = [await freePort(), await freePort()];
    processes = ports.map((port) =>
      startProcess('main.js', { ...app.env, LOG_LEVEL: 'info', PORT: String(port) }),
    );
    await Promise.all(processes.map((one) => one.printed('the API listens')));
    const apis = ports.map((port) => {
      const url = `http://127.0.0.1:${String(port)}`;
      return { url, ...graphqlClient(url) };
    });
    [here, there] = apis as [Api, Api];
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  afterAll(async () => {
    for (const one of processes) one.signal('SIGTERM');
    await Promise.all(processes.map((one) => one.ended()));
    await app.stop();
  });

  /** A connection to an API that answers. */
  const running = async ({ token }: { readonly token: string }, { url }: Api): Promise<LiveClient> => {
    const client = liveClient(url, { token });
    clients.push(client);
    await client.subscribe<{ noticesChanged: object }>(UNREAD).next('a first answer', () => true);
    return client;
  };
  const codeOf = async (member: TestMember, api: Api): Promise<string | undefined> =>
    (await api.ask(ME, {}, member)).errors[0]?.extensions?.code;

  it('is refused by the very next request to either, also while others of that session are under way', async () => {
    for (let time = 0; time < TIMES; time += 1) {
      const member = await aMember(app, coop);
      expect([await codeOf(member, here), await codeOf(member, there)]).toEqual([undefined, undefined]);
      // Requests under way share what they read of a session; none of it may answer for one that comes later.
      const under = Array.from({ length: 10 }, (_, index) => codeOf(member, index % 2 === 0 ? here : there));
      await here.gql(SIGN_OUT, {}, member);
      const after = await Promise.all([there, here, there, here].map((api) => codeOf(member, api)));
      expect(after).toEqual(new Array(4).fill('UNAUTHENTICATED'));
      await Promise.all(under);
    }
  });

  it('gets nothing by a new subscription on a socket of the other that is still open, and the socket is closed', async () => {
    for (let time = 0; time < TIMES; time += 1) {
      const member = await aMember(app, coop);
      const client = await running(member, there);
      const elsewhere = { token: await signedIn(app, member.email) };
      await here.gql(EVERYWHERE, {}, elsewhere);
      const late = client.subscribe(UNREAD);
      const ended = await client.closed();
      expect({ received: late.received, code: ended.code }).toEqual({ received: [], code: 4401 });
    }
  });

  it('is sent no news on a socket of either any more after two seconds, which are both closed then', async () => {
    const member = await aMember(app, coop);
    const open = await Promise.all([running(member, here), running(member, there)]);
    const endedAt = performance.now();
    await here.gql(SIGN_OUT, {}, member);
    const ends = await Promise.all(open.map((client) => client.closed()));
    expect(ends.map(({ code }) => code)).toEqual([4401, 4401]);
    for (const { at } of ends) expect(at - endedAt).toBeLessThan(promised(2000));
    const reopened = liveClient(there.url, member);
    clients.push(reopened);
    await until('the next connection to be refused', () => reopened.ended?.code === 4401);
  });
});

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { SOCKET_LIMITS } from '../../../apps/api/src/platform/subscriptions/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aBrand, aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { aWorkshop } from '../../support/builders/workshops.js';
import type { Caller } from '../../support/graphql-client.js';
import { liveClient, type Ended, type LiveClient } from '../../support/live-client.js';
import { promised } from '../../support/proof.js';
import { until } from '../../support/until.js';
import { DAY, WATCH } from './watching.js';

const UNREAD = 'subscription { noticesChanged { unread newest { title } } }';
const TICKET = 'mutation { liveTicket { __typename ... on LiveTicketIssued { ticket expiresAt } } }';

interface UnreadData {
  readonly noticesChanged: { readonly unread: number };
}

describe('a live connection', () => {
  let app: TestApp;
  let coop: TestCoop;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    coop = await aCoop(app);
  });
  afterAll(async () => {
    await app.stop();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await app.clock.release();
  });

  const connect = (caller: Caller, init?: Record<string, unknown>): LiveClient => {
    const client = liveClient(app.url, caller, init);
    clients.push(client);
    return client;
  };
  /** A connection that has been let in: it answers a subscription. */
  const running = async (caller: Caller, init?: Record<string, unknown>): Promise<LiveClient> => {
    const client = connect(caller, init);
    await client.subscribe<UnreadData>(UNREAD).next('a first answer', () => true);
    return client;
  };
  const ticketFor = async (token: string): Promise<string> =>
    (await app.gql<{ liveTicket: { ticket: string } }>(TICKET, {}, { token })).liveTicket.ticket;
  /** How long it takes until the connection is ended after `work`. */
  const endedBy = async (
    client: LiveClient,
    work: () => Promise<unknown>,
  ): Promise<Ended & { afterMs: number }> => {
    await work();
    const startedAt = performance.now();
    const ended = await client.closed();
    return { ...ended, afterMs: ended.at - startedAt };
  };

  describe('is opened', () => {
    it('by an access token and by an API key', async () => {
      const member = await aMember(app, coop);
      await running({ token: member.token });
      await running(await aBrand(app, member, ['orders:write']));
    });

    it.each<[string, Record<string, unknown>]>([
      ['nothing', {}],
      ['a wrong token', { authorization: 'Bearer nonsense' }],
      ['a token without its word', { authorization: 'nonsense' }],
      ['a wrong API key', { authorization: `Bearer tmk_${randomUUID()}` }],
      ['a ticket that nobody issued', { ticket: 'nonsense' }],
      ['a token that is no text', { authorization: { token: 'x' } }],
    ])('never by %s', async (_, init) => {
      expect((await connect({}, init).closed()).code).toBe(4401);
    });

    it('by a ticket once, though two ask with it at the same time', async () => {
      const { token } = await aMember(app, coop);
      const ticket = await ticketFor(token);
      const pair = [connect({}, { ticket }), connect({}, { ticket })];
      const answers = pair.map((client) => client.subscribe<UnreadData>(UNREAD));
      await until('one of them to be answered', () => answers.some(({ received }) => received.length > 0));
      await until('the other to be sent away', () => pair.some(({ ended }) => ended?.code === 4401));
      expect(answers.filter(({ received }) => received.length > 0)).toHaveLength(1);
      expect((await connect({}, { ticket }).closed()).code).toBe(4401);
    });

    it('by no ticket that is older than half a minute', async () => {
      const { token } = await aMember(app, coop);
      const ticket = await ticketFor(token);
      await app.clock.step(31_000);
      expect((await connect({}, { ticket }).closed()).code).toBe(4401);
    });

    it('by the pages of this installation and not by those of any other', async () => {
      const { token } = await aMember(app, coop);
      await running({ token, headers: { origin: app.url } });
      const foreign = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { origin: 'https://elsewhere.example' },
      });
      const [error] = (await once(foreign, 'error')) as [Error];
      expect(error.message).toContain('403');
    });

    it('at /graphql only', async () => {
      const lost = new WebSocket(`${app.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
      const [error] = (await once(lost, 'error')) as [Error];
      expect(error.message).toContain('404');
    });

    it('at most thirty times by one account that comes sixty times at once', async () => {
      const { token } = await aMember(app, coop);
      // A ticket lasts half a minute, in which a busy machine may not open sixty connections.
      await app.clock.freeze(await app.clock.now());
      const tickets = await Promise.all(Array.from({ length: 60 }, () => ticketFor(token)));
      const all = tickets.map((ticket) => connect({}, { ticket }));
      const answers = all.map((client) => client.subscribe<UnreadData>(UNREAD));
      await until('an answer or an end for each', () =>
        all.every((client, place) => client.ended !== null || answers[place]?.received.length === 1),
      );
      const ends = all.flatMap(({ ended }) => ended?.code ?? []);
      expect(ends).toEqual(new Array<number>(30).fill(4429));
    });

    it('at most thirty times by one account', async () => {
      const { token } = await aMember(app, coop);
      await Promise.all(Array.from({ length: 30 }, () => running({ token })));
      expect((await connect({ token }).closed()).code).toBe(4429);
      await clients[0]?.close();
      await until('a place to be free', async () => {
        const next = connect({ token });
        const answer = next.subscribe<UnreadData>(UNREAD);
        await until('an answer or an end', () => answer.received.length > 0 || next.ended !== null);
        return next.ended === null;
      });
    });
  });

  describe('is ended within two seconds', () => {
    it('when its session is signed out', async () => {
      const { token } = await aMember(app, coop);
      const ended = await endedBy(await running({ token }), () =>
        app.gql('mutation { signOut { endedSessions } }', {}, { token }),
      );
      expect(ended.code).toBe(4401);
      expect(ended.afterMs).toBeLessThan(promised(2000));
    });

    it('when its session is ended elsewhere, also when a ticket opened it', async () => {
      const member = await aMember(app, coop);
      const client = await running({}, { ticket: await ticketFor(member.token) });
      const elsewhere = await signedIn(app, member.email);
      const ended = await endedBy(client, () =>
        app.gql('mutation { signOutEverywhere { endedSessions } }', {}, { token: elsewhere }),
      );
      expect(ended.code).toBe(4401);
      expect(ended.afterMs).toBeLessThan(promised(2000));
    });

    it('when its API key is revoked', async () => {
      const { brandId, apiKey, keyId, owner } = await aBrand(app, coop.admin, ['orders:write']);
      const ended = await endedBy(await running({ apiKey }), () =>
        app.gql(
          'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename } }',
          { input: { brandId, keyId } },
          { token: owner.token },
        ),
      );
      expect(ended.code).toBe(4401);
      expect(ended.afterMs).toBeLessThan(promised(2000));
    });

    it.each([
      ['removed from the co-op', 'removeMember', 'RemoveMemberInput', {}],
      ['given other roles', 'setMemberRoles', 'SetMemberRolesInput', { roles: ['OPERATOR'] }],
    ])('when its person is %s', async (_, mutation, type, more) => {
      const { accountId, token } = await aMember(app, coop);
      const ended = await endedBy(await running({ token }), () =>
        app.gql(
          `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
          { input: { coopId: coop.coopId, accountId, ...more } },
          { token: coop.admin.token },
        ),
      );
      expect(ended.code).toBe(4403);
      expect(ended.afterMs).toBeLessThan(promised(2000));
    });

    it('when its token expires, and another token opens the next', async () => {
      const member = await aMember(app, coop);
      const ended = await endedBy(await running({ token: member.token }), () => app.clock.step(10 * 60_000));
      expect(ended.code).toBe(4403);
      expect(ended.afterMs).toBeLessThan(promised(2000));
      await running({ token: await signedIn(app, member.email) });
    });
  });

  describe('answers no', () => {
    it.each<[string, string]>([
      ['query', '{ coops(first: 1) { edges { node { id } } } }'],
      ['document that does not parse', 'subscription {'],
      ['field that there is not', 'subscription { nothingChanged }'],
      ['second field', `subscription { noticesChanged { unread } a: noticesChanged { unread } }`],
      [
        'sixteen aliases',
        `subscription { noticesChanged { ${Array.from({ length: 16 }, (_, n) => `a${String(n)}: unread`).join(' ')} } }`,
      ],
      ['document of many tokens', `subscription { noticesChanged { ${'unread '.repeat(2000)} } }`],
    ])('%s', async (_, query) => {
      const client = await running(await aMember(app, coop));
      const refused = client.subscribe(query);
      await until('the refusal', () => refused.refused.length > 0);
      expect(refused.received).toEqual([]);
      expect(client.ended).toBeNull();
    });

    it('more than twenty subscriptions at a time', async () => {
      const client = await running(await aMember(app, coop));
      const subscriptions = Array.from({ length: 20 }, () => client.subscribe<UnreadData>(UNREAD));
      const last = subscriptions.at(-1);
      await until('the refusal', () => (last?.refused.length ?? 0) > 0);
      await until('the others to run', () =>
        subscriptions.slice(0, -1).every(({ received }) => received.length > 0),
      );
      subscriptions[0]?.stop();
      await until('a place to be free', async () => {
        const next = client.subscribe<UnreadData>(UNREAD);
        return until('an answer', () => next.over || next.received.length > 0).then(() => !next.over);
      });
    });

    it('watching a calendar of a co-op that one is no member of, or for longer than it is shown', async () => {
      const { workshopId } = await aWorkshop(app, coop);
      const asked = { coopId: coop.coopId, workshopId, ...DAY };
      const stranger = await aCoop(app);
      const away = (await running(stranger.admin)).subscribe(WATCH, asked);
      const long = (await running(coop.admin)).subscribe(WATCH, { ...asked, toAt: '2026-12-18T00:00:00Z' });
      await until('both refusals', () => away.received.length > 0 && long.received.length > 0);
      expect(away.received[0]).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      expect(long.received[0]).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
    });
  });

  it.each<[string, string, number]>([
    ['speaks no protocol', 'nonsense', 4400],
    [
      'subscribes before it has said who it is',
      `{"id":"1","type":"subscribe","payload":{"query":"${UNREAD}"}}`,
      4401,
    ],
    [
      'sends more than is read',
      JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(70_000) } }),
      1009,
    ],
  ])('is ended when its client %s', async (_, message, code) => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(message);
    const [closed] = (await once(socket, 'close')) as [number];
    expect(closed).toBe(code);
  });

  it('is ended when its client asks more often than is answered, and others are not', async () => {
    const [hasty, calm] = [await running(await aMember(app, coop)), await running(await aMember(app, coop))];
    // So many that a minute and a half of a slow machine does not make them seldom.
    const messages = SOCKET_LIMITS.messageBurst + 90 * SOCKET_LIMITS.messagesPerSecond;
    for (let times = 0; times < messages; times += 1) hasty.subscribe(UNREAD);
    expect((await hasty.closed()).code).toBe(4429);
    await calm.subscribe<UnreadData>(UNREAD).next('an answer to who asks seldom', () => true);
  });

  it('leaves plain requests alone that offer another protocol', async () => {
    const response = await fetch(`${app.url}/health/live`, {
      headers: { connection: 'upgrade', upgrade: 'h2c' },
    }).catch(() => null);
    expect(response === null || response.status === 200).toBe(true);
  });

  it('shows new notices as they come, and when they are read', async () => {
    const member = await aMember(app, coop);
    const bell = (await running(member)).subscribe<UnreadData>(UNREAD);
    await bell.next('nothing unread', ({ noticesChanged }) => noticesChanged.unread === 0);
    await app.database.query(
      `INSERT INTO notice (coop_id, account_id, kind, title, body, link, created_at)
       VALUES ($1, $2, 'told', 'News', '', '/', app_now())`,
      [coop.coopId, member.accountId],
    );
    await bell.next('one unread', ({ noticesChanged }) => noticesChanged.unread === 1);
    const before = bell.received.length;
    await app.gql('mutation { readNotices(input: {}) { __typename } }', {}, member);
    await until('nothing unread again', () =>
      bell.received.slice(before).some(({ data }) => data?.noticesChanged.unread === 0),
    );
  });
});

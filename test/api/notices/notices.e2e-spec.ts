import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewNotice, Notices } from '../../../apps/api/src/notices/index.js';
import { Transactions } from '../../../apps/api/src/platform/database/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aBrand, aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import type { Caller } from '../../support/graphql-client.js';
import { mailsTo, nextMail } from '../../support/mail.js';

const MINE = `query ($first: Int!, $after: String) { myNotices(first: $first, after: $after) {
  unread edges { node { id kind title body link readAt coop { id } } } pageInfo { hasNextPage endCursor } } }`;
const READ = `mutation ($input: ReadNoticesInput!) { readNotices(input: $input) {
  __typename ... on NoticesRead { count } ... on InputRefused { field message } } }`;

interface Page {
  readonly myNotices: {
    readonly unread: number;
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly title: string; readonly readAt: string | null };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('notices', () => {
  let app: TestApp;
  let coop: TestCoop;
  let member: TestMember;

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
    coop = await aCoop(app);
    member = await aMember(app, coop);
  });
  afterAll(async () => {
    await app.stop();
  });

  const tell = async (notices: readonly Partial<NewNotice>[], kind: 'Told' | 'Refused' = 'Told') => {
    const notice = { coopId: coop.coopId, accountId: member.accountId, kind: 'booking_moved', body: '' };
    await app.nest.get(Transactions, { strict: false }).run(['Told'], async (tx) => {
      await app.nest.get(Notices, { strict: false }).tell(
        tx,
        notices.map((part) => ({ ...notice, title: 'Moved', link: '/bookings', ...part })),
      );
      return { kind };
    });
  };
  const mine = async (who: Caller, first = 20, after: string | null = null) =>
    (await app.gql<Page>(MINE, { first, after }, who)).myNotices;
  const read = async (who: Caller, noticeIds?: readonly string[]) =>
    (
      await app.gql<{ readNotices: { __typename: string; count?: number; field?: string } }>(
        READ,
        { input: noticeIds === undefined ? {} : { noticeIds } },
        who,
      )
    ).readNotices;

  it('take the names that people give to things into their one line, whatever is in them', async () => {
    const reader = await aMember(app, coop);
    const titles = ['Print\tA\r\nBcc: x', 'Cut\u2028B\u0085', '\n', `${'y'.repeat(199)}\u{1f9f5}\u{1f9f5}`];
    await tell(titles.map((title) => ({ accountId: reader.accountId, title })));
    const { edges } = await mine(reader);
    expect(edges.map(({ node }) => node.title).sort()).toEqual([
      ...['Cut B', 'Notice', 'Print A Bcc: x', `${'y'.repeat(199)}\u{1f9f5}`],
    ]);
  });

  it('reach their receiver in the pages and by mail, and nobody else', async () => {
    await tell([{ title: 'Your booking was moved', body: 'Station 2 takes it.', link: '/bookings?day=3' }]);
    const { unread, edges } = await mine(member);
    expect(unread).toBe(1);
    expect(edges[0]?.node).toMatchObject({
      title: 'Your booking was moved',
      body: 'Station 2 takes it.',
      link: '/bookings?day=3',
      readAt: null,
      coop: { id: coop.coopId },
    });
    const mail = await nextMail(app, member.email, 'Your booking was moved');
    expect(mail.text).toContain('Station 2 takes it.');
    expect(mail.text).toContain(`${app.url}/bookings?day=3`);
    expect(await mine(coop.admin)).toMatchObject({ unread: 0, edges: [] });
  });

  it('leave neither a row nor a mail when what they tell of did not happen', async () => {
    const other = await aMember(app, coop);
    await tell([{ accountId: other.accountId, title: 'It never happened' }], 'Refused');
    await tell([{ accountId: other.accountId, title: 'It happened' }]);
    await nextMail(app, other.email, 'It happened');
    const subjects = mailsTo(app, other.email).map((mail) => mail.subject);
    expect(subjects.filter((subject) => subject.includes('happened'))).toEqual(['It happened']);
    expect((await mine(other)).edges.map(({ node }) => node.title)).toEqual(['It happened']);
  });

  it('are paged newest first and marked as read one by one or all at once, by their receiver only', async () => {
    const reader = await aMember(app, coop);
    for (const title of ['first', 'second', 'third']) await tell([{ accountId: reader.accountId, title }]);
    const page = await mine(reader, 2);
    expect(page.edges.map(({ node }) => node.title)).toEqual(['third', 'second']);
    const rest = await mine(reader, 2, page.pageInfo.endCursor);
    expect(rest.edges.map(({ node }) => node.title)).toEqual(['first']);
    const id = rest.edges[0]?.node.id ?? '';
    expect(await read(coop.admin, [id])).toMatchObject({ count: 0 });
    expect(await read(reader, [id, 'no-id'])).toMatchObject({ count: 1 });
    expect((await mine(reader)).unread).toBe(2);
    expect(await read(reader)).toMatchObject({ count: 2 });
    expect((await mine(reader)).unread).toBe(0);
    expect(await read(reader)).toMatchObject({ count: 0 });
  });

  it('refuse too many ids at once and a forged cursor', async () => {
    expect(
      await read(
        member,
        Array.from({ length: 101 }, () => 'x'),
      ),
    ).toMatchObject({
      __typename: 'InputRefused',
      field: 'noticeIds',
    });
    const { errors } = await app.ask(MINE, { first: 1, after: 'WyJ4Il0' }, member);
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('of a brand that trades are read by a key for the exchange, and marked by one that may write', async () => {
    const { brandId, apiKey } = await aBrand(app, coop.admin, ['exchange:read']);
    await tell([{ accountId: brandId, title: 'Your order was moved' }]);
    expect((await mine({ apiKey })).edges.map(({ node }) => node.title)).toEqual(['Your order was moved']);
    const marked = await app.ask(READ, { input: {} }, { apiKey });
    expect(marked.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const writer = await aBrand(app, coop.admin, ['exchange:write']);
    expect(await read(writer)).toMatchObject({ count: 0 });
    const other = await aBrand(app, coop.admin, ['catalog:read']);
    expect((await app.ask(MINE, { first: 1 }, other)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('of a brand are read by its key and mailed to its owner', async () => {
    const { brandId, apiKey } = await aBrand(app, member, ['orders:write']);
    await tell([{ accountId: brandId, title: 'Your order is ready' }]);
    expect(await mine({ apiKey })).toMatchObject({ unread: 1 });
    await nextMail(app, member.email, 'Your order is ready');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim, type TestCell } from '../../support/builders/workshops.js';
import { lineFaults, strictCalendar } from './strict-calendar.js';

const NOW = '2026-11-18T08:00:00.000Z';
const TEN = ['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'] as const;
const DAY_MS = 86_400_000;
const CREATE = `mutation ($input: CreateFeedInput!) { createFeed(input: $input) { __typename
  ... on FeedCreated { url feed { id stationId } } ... on Refusal { message } ... on FeedLimitReached { limit } } }`;
const ROTATE = `mutation ($input: RotateFeedInput!) { rotateFeed(input: $input) { __typename ... on FeedRotated { url } } }`;
const REVOKE = `mutation ($input: RevokeFeedInput!) { revokeFeed(input: $input) { __typename } }`;
const MINE = '{ myFeeds { id coopId stationId rotatedAt } }';

interface Created {
  readonly __typename: string;
  readonly url: string;
  readonly feed: { readonly id: string };
  readonly limit?: number;
}

describe('calendar feeds', () => {
  let app: TestApp;
  let coop: TestCoop;
  let member: TestMember;
  let operator: TestMember;
  let cell: TestCell;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
  });
  beforeEach(async () => {
    await app.clock.freeze(new Date(NOW));
    // Every test comes from the same address, and none is about how often it asks but one.
    await app.database.query('DELETE FROM rate_limit');
    coop = await aCoop(app);
    [member, operator] = await Promise.all([aMember(app, coop), aMember(app, coop, ['operator'])]);
    cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  });

  const create = async (who: TestMember, input: object = {}): Promise<Created> =>
    (await app.gql<{ createFeed: Created }>(CREATE, { input }, { token: who.token })).createFeed;
  const ofStation = (who: TestMember) => create(who, { coopId: coop.coopId, stationId: cell.stationIds[0] });
  const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });
  const read = async (url: string) => {
    const text = await (await get(url)).text();
    expect(lineFaults(text)).toEqual([]);
    return strictCalendar(text);
  };
  const confirmed = async (window: readonly [string, string] = TEN): Promise<string> => {
    const { id } = await aHold(app, member, cell, window);
    await changeClaim(app, member, 'confirmBooking', { coopId: cell.coopId, bookingId: id });
    return id;
  };
  const cancel = (bookingId: string) =>
    changeClaim(app, member, 'cancelBooking', { coopId: cell.coopId, bookingId });

  it("show a member's bookings of all their co-ops, in a form that a strict parser takes", async () => {
    const held = await aHold(app, member, cell, ['2026-11-19T09:00:00Z', '2026-11-19T11:00:00Z']);
    const booked = await confirmed();
    const { url } = await create(member);
    const { name, events } = await read(url);
    expect(name).toBe('Touchmark bookings');
    expect(events).toMatchObject([
      {
        uid: `${booked}@127.0.0.1`,
        status: 'CONFIRMED',
        start: '2026-11-18T09:00:00Z',
        end: '2026-11-18T10:00:00Z',
        summary: 'Print 1: Hall 3',
        location: 'Hall 3, 3 Harbour Street',
      },
      { uid: `${held.id}@127.0.0.1`, status: 'TENTATIVE', summary: 'Print 1: Hall 3 (on hold)' },
    ]);
  });

  it('say when a booking was changed and cancelled, under the same name and a higher number', async () => {
    const id = await confirmed();
    const { url } = await create(member);
    const [before] = (await read(url)).events;
    await app.clock.step(60_000);
    await cancel(id);
    const [after] = (await read(url)).events;
    expect(after).toMatchObject({ uid: before?.uid, status: 'CANCELLED', modified: '2026-11-18T08:01:00Z' });
    expect(after?.stamp).toBe(after?.modified);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
  });

  it('show a hold that has lapsed as cancelled from its very moment, swept or not', async () => {
    await aHold(app, member, cell, TEN);
    const { url } = await create(member);
    await app.clock.step(15 * 60_000 - 1);
    expect((await read(url)).events).toMatchObject([{ status: 'TENTATIVE' }]);
    await app.clock.step(1);
    expect((await read(url)).events).toMatchObject([
      { status: 'CANCELLED', modified: '2026-11-18T08:15:00Z' },
    ]);
  });

  it('reach from thirty days back to ninety ahead, and forget what was cancelled thirty days ago', async () => {
    const far = await confirmed(['2027-02-10T09:00:00Z', '2027-02-10T10:00:00Z']);
    await cancel(await confirmed(['2027-01-05T09:00:00Z', '2027-01-05T10:00:00Z']));
    const { url } = await create(member);
    expect((await read(url)).events.map(({ status }) => status)).toEqual(['CANCELLED', 'CONFIRMED']);
    await app.clock.step(32 * DAY_MS);
    expect((await read(url)).events.map(({ uid }) => uid)).toEqual([`${far}@127.0.0.1`]);
    await app.clock.freeze(new Date('2027-03-15T08:00:00Z'));
    expect((await read(url)).events).toEqual([]);
  });

  it('of a station that is too busy to be shown whole keep what is to come, then the newest of what has been', async () => {
    const ahead = await confirmed();
    const late = await confirmed(['2026-11-25T09:00:00Z', '2026-11-25T10:00:00Z']);
    const off = await confirmed(['2026-11-26T09:00:00Z', '2026-11-26T10:00:00Z']);
    await cancel(off);
    // A quarter of an hour each, back from the beginning of the frozen hour: 2,001 of them are just over 20 days.
    await app.database.query(
      `INSERT INTO booking SELECT (jsonb_populate_record(booking, to_jsonb(part))).* FROM booking
         CROSS JOIN generate_series(1, 2001) AS n
         CROSS JOIN LATERAL (SELECT timestamptz '${NOW}' - n * interval '15 minutes' AS at) AS start
         CROSS JOIN LATERAL (SELECT uuidv7() AS id, tstzrange(at, at + interval '15 minutes') AS during,
           tstzrange(at, at + interval '15 minutes') AS claim, at - interval '1 day' AS held_at,
           at - interval '1 day' AS confirmed_at, NULL::timestamptz AS expires_at) AS part
        WHERE booking.id = $1`,
      [ahead],
    );
    for (const { url } of [await ofStation(operator), await create(member)]) {
      const { events } = await read(url);
      expect(events).toHaveLength(2000);
      const ids = new Set(events.map(({ uid }) => uid));
      expect([ahead, late].map((id) => ids.has(`${id}@127.0.0.1`))).toEqual([true, true]);
      expect(events.map(({ status }) => status)).not.toContain('CANCELLED');
      const starts = events.map(({ start }) => start);
      expect(starts).toEqual([...starts].sort());
      expect(starts.slice(-3)).toEqual(['2026-11-18T07:45:00Z', TEN[0], '2026-11-25T09:00:00Z']);
    }
  });

  it('fold and escape whatever names hold', async () => {
    const odd = 'Süß; "Straße", \\ 🖨️ '.repeat(8);
    await app.database.query('UPDATE cell SET name = $2 WHERE id = $1', [
      cell.cellId,
      `${odd}\u0007\nEND:VEVENT`,
    ]);
    await confirmed();
    const { url } = await create(member);
    const { events } = await read(url);
    expect(events).toHaveLength(1);
    expect(events[0]?.summary).toBe(`${odd} END:VEVENT 1: Hall 3`);
  });

  it('of a station show all its bookings with names, to operators and admins only', async () => {
    const booked = await confirmed();
    const { url } = await ofStation(operator);
    await cancel(await confirmed(['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z']));
    const { events } = await read(url);
    expect(events).toMatchObject([
      { uid: `${booked}@127.0.0.1`, status: 'CONFIRMED' },
      { status: 'CANCELLED' },
    ]);
    expect(events[0]?.summary).toMatch(/^Print 1: Member /);
    expect(await ofStation(member)).toMatchObject({ __typename: 'NotFound' });
    const stranger = await aCoop(app);
    expect(await ofStation(stranger.admin)).toMatchObject({ __typename: 'NotFound' });
    expect(
      await create(stranger.admin, { coopId: stranger.coopId, stationId: cell.stationIds[0] }),
    ).toMatchObject({ __typename: 'NotFound' });
    expect(await create(operator, { stationId: cell.stationIds[0] })).toMatchObject({
      __typename: 'InputRefused',
    });
  });

  it('end with their revocation, their rotation, and the rights of their owner', async () => {
    const own = await create(member);
    const station = await ofStation(operator);
    const rotated = await app.gql<{ rotateFeed: { url: string } }>(
      ROTATE,
      { input: { feedId: own.feed.id } },
      { token: member.token },
    );
    expect((await get(own.url)).status).toBe(404);
    expect((await get(rotated.rotateFeed.url)).status).toBe(200);
    const change = (mutation: string, input: object) =>
      app.gql(mutation, { input: { coopId: coop.coopId, ...input } }, { token: coop.admin.token });
    await change('mutation ($input: SetMemberRolesInput!) { setMemberRoles(input: $input) { __typename } }', {
      accountId: operator.accountId,
      roles: ['MEMBER'],
    });
    expect((await get(station.url)).status).toBe(410);
    await change('mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { __typename } }', {
      accountId: member.accountId,
    });
    expect((await get(rotated.rotateFeed.url)).status).toBe(410);
    const last = await create(coop.admin);
    const revoke = (who: TestMember) =>
      app.gql<{ revokeFeed: { __typename: string } }>(
        REVOKE,
        { input: { feedId: last.feed.id } },
        { token: who.token },
      );
    expect(await revoke(operator)).toMatchObject({ revokeFeed: { __typename: 'NotFound' } });
    expect((await get(last.url)).status).toBe(200);
    expect(await revoke(coop.admin)).toMatchObject({ revokeFeed: { __typename: 'FeedRevoked' } });
    expect((await get(last.url)).status).toBe(410);
    expect((await get(`${app.url}/feeds/${'x'.repeat(43)}.ics`)).status).toBe(404);
    expect((await get(`${app.url}/feeds/short.ics`)).status).toBe(404);
  });

  it('are answered with 304 while nothing has changed, and are kept by no shared cache', async () => {
    const id = await confirmed();
    const { url } = await create(member);
    const first = await get(url);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, max-age=300');
    await app.clock.step(5 * 60_000);
    const again = await get(url, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await cancel(id);
    const changed = await get(url, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('are at most twenty a person, also when all are asked for at once, and are listed without their secrets', async () => {
    const asked = await Promise.all(Array.from({ length: 25 }, () => create(member)));
    expect(asked.filter(({ __typename }) => __typename === 'FeedCreated')).toHaveLength(20);
    expect(asked.find(({ limit }) => limit === 20)).toBeDefined();
    const { myFeeds } = await app.gql<{ myFeeds: unknown[] }>(MINE, {}, { token: member.token });
    expect(myFeeds).toHaveLength(20);
    const stored = JSON.stringify(await app.database.query('SELECT * FROM calendar_feed'));
    for (const { url } of asked.filter((one) => one.__typename === 'FeedCreated'))
      expect(stored).not.toContain(url.split('/').at(-1)?.replace('.ics', ''));
  });

  it('are slowed down for whoever asks without end', async () => {
    const { url } = await create(member);
    const answers = await Promise.all(
      Array.from({ length: 61 }, () => get(url).then(({ status }) => status)),
    );
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
  });
});

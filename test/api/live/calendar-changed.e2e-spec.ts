import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, changeClaim, type TestCell } from '../../support/builders/workshops.js';
import { graphqlClient } from '../../support/graphql-client.js';
import { liveClient, type LiveClient } from '../../support/live-client.js';
import { promised } from '../../support/proof.js';
import { until } from '../../support/until.js';
import {
  ADD_EVENT,
  CALENDAR,
  type CalendarData,
  DAY,
  type Entry,
  anotherApi,
  isAbout,
  isHint,
  watchDay,
} from './watching.js';

const NOW = '2026-11-18T08:00:00.000Z';
const at = (hour: number): string => `2026-11-18T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe('calendarChanged', () => {
  let app: TestApp;
  let other: Awaited<ReturnType<typeof anotherApi>>;
  let coop: TestCoop;
  let cell: TestCell;
  let member: TestMember;
  let colleague: TestMember;
  let operator: TestMember;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    other = await anotherApi(app);
  });
  afterAll(async () => {
    await other.close();
    await app.stop();
  });
  beforeEach(async () => {
    await app.clock.freeze(new Date(NOW));
    coop = await aCoop(app);
    [member, colleague, operator] = await Promise.all([
      aMember(app, coop),
      aMember(app, coop),
      aMember(app, coop, ['operator']),
    ]);
    cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  const connect = (who: { token: string }, url = app.url): LiveClient => {
    const client = liveClient(url, { token: who.token });
    clients.push(client);
    return client;
  };
  const watching = async (who: { token: string }, url = app.url) => {
    const subscription = watchDay(connect(who, url), cell);
    await subscription.next('the hint to load the calendar', isHint);
    return subscription;
  };
  const happened = (bookingId: string, kind: string) => app.database.query(ADD_EVENT, [bookingId, kind]);
  const shown = async (who: { token: string }): Promise<readonly Entry[]> => {
    const { calendar } = await app.gql<CalendarData>(
      CALENDAR,
      { coopId: cell.coopId, workshopId: cell.workshopId, ...DAY },
      { token: who.token },
    );
    return calendar.flatMap(({ bookings }) => bookings);
  };

  it('shows a hold made through one API to whoever watches through the other, within a second', async () => {
    const here = await watching(colleague);
    const there = await watching(colleague, other.url);
    const took: number[] = [];
    for (const hour of [9, 10, 11, 12, 13]) {
      const hold = await aHold(graphqlClient(other.url), operator, cell, [at(hour), at(hour + 1)]);
      const heldAt = performance.now();
      for (const watcher of [here, there]) {
        const { at: seenAt } = await watcher.next(`the hold at ${String(hour)}`, isAbout(at(hour)));
        took.push(seenAt - heldAt);
      }
      await changeClaim(app, operator, 'releaseHold', { coopId: cell.coopId, bookingId: hold.id });
    }
    process.stdout.write(
      `a hold was seen after ${took.map((ms) => Math.max(ms, 0).toFixed(0)).join(', ')} ms\n`,
    );
    expect(Math.max(...took)).toBeLessThan(promised(1000));
  });

  it('shows each receiver exactly what the calendar shows them', async () => {
    const seen = await Promise.all([member, colleague, operator].map((who) => watching(who)));
    const hold = await aHold(app, member, cell, [at(9), at(11)]);
    const [own, others, operators] = await Promise.all(
      seen.map(async (watcher) => {
        const { data } = await watcher.next('the hold', isAbout(at(9)));
        return data?.calendarChanged.stations[0]?.bookings;
      }),
    );
    expect(own).toMatchObject([{ bookingId: hold.id, mine: true, state: 'HELD' }]);
    expect(others).toMatchObject([
      { bookingId: null, mine: false, label: null, fromAt: at(9), toAt: at(11) },
    ]);
    expect(operators).toMatchObject([{ bookingId: hold.id, mine: false }]);
    expect(operators?.[0]?.label).toMatch(/^Member /);
    expect(own).toEqual(await shown(member));
    expect(others).toEqual(await shown(colleague));
    expect(operators).toEqual(await shown(operator));
  });

  it('answers each in the words they asked in, though the news is the same', async () => {
    const asked =
      '(coopId: $c, workshopId: $w, fromAt: "2026-11-18T00:00:00Z", toAt: "2026-11-19T00:00:00Z")';
    const client = connect(colleague);
    const [brief, renamed, skipped] = [
      '{ calendarChanged@ { kind } }',
      '{ change: calendarChanged@ { stations { starts: fromAt } } }',
      '{ calendarChanged@ { kind stations @include(if: $all) { fromAt } } }',
    ].map((text) => {
      const query = `subscription ($c: ID!, $w: ID!${text.includes('$all') ? ', $all: Boolean!' : ''}) ${text.replace('@', asked)}`;
      return [false, true].map((all) =>
        client.subscribe(query, {
          c: cell.coopId,
          w: cell.workshopId,
          ...(text.includes('$all') ? { all } : {}),
        }),
      );
    });
    const every = [brief, renamed, skipped].flatMap((pair) => pair ?? []);
    await until('every hint', () => every.every(({ received }) => received.length > 0));
    await aHold(app, member, cell, [at(9), at(10)]);
    await until('all news', () => every.every(({ received }) => received.length > 1));
    const kind = 'CHANGED';
    expect(every.map(({ received }) => received[1]?.data)).toEqual([
      { calendarChanged: { kind } },
      { calendarChanged: { kind } },
      { change: { stations: [{ starts: at(9) }] } },
      { change: { stations: [{ starts: at(9) }] } },
      { calendarChanged: { kind } },
      { calendarChanged: { kind, stations: [{ fromAt: at(9) }] } },
    ]);
  });

  it('shows that a stretch is free again, also when the news of its next holder came first', async () => {
    const watcher = await watching(colleague);
    const first = await aHold(app, member, cell, [at(9), at(10)]);
    await changeClaim(app, member, 'releaseHold', { coopId: cell.coopId, bookingId: first.id });
    const next = await aHold(app, operator, cell, [at(9), at(12)]);
    await watcher.next('the new hold', ({ calendarChanged: { stations } }) =>
      stations.some(({ toAt }) => toAt === at(12)),
    );
    const before = watcher.received.length;
    await happened(first.id, 'released');
    const told = await until('the late news', () => watcher.received[before] ?? null);
    expect(told.data?.calendarChanged.stations[0]).toMatchObject({
      fromAt: at(9),
      toAt: at(10),
      bookings: [{ fromAt: at(9), toAt: at(12) }],
    });
    await changeClaim(app, operator, 'releaseHold', { coopId: cell.coopId, bookingId: next.id });
    await watcher.next('the free stretch', ({ calendarChanged: { stations } }) =>
      stations.some(({ toAt, bookings }) => toAt === at(12) && bookings.length === 0),
    );
  });

  it('tells nothing of other workshops, other days or other co-ops', async () => {
    const watcher = await watching(operator);
    const elsewhere = await aCell(app, await aWorkshop(app, coop, { name: 'Hall 4' }));
    const strangers = await aCoop(app);
    const abroad = await aCell(app, await aWorkshop(app, strangers));
    await aHold(app, member, elsewhere, [at(9), at(10)]);
    await aHold(app, strangers.admin, abroad, [at(9), at(10)]);
    const later = ['2026-11-19T09:00:00Z', '2026-11-19T10:00:00Z'] as const;
    await aHold(app, member, cell, later);
    await aHold(app, member, cell, [at(15), at(16)]);
    await watcher.next('the hold that it watches', isAbout(at(15)));
    const stations = watcher.received.flatMap(({ data }) => data?.calendarChanged.stations ?? []);
    expect(new Set(stations.map(({ fromAt }) => fromAt))).toEqual(new Set([at(15)]));
    const mixed = connect(operator).subscribe(
      'subscription ($coopId: ID!, $workshopId: ID!) { calendarChanged(coopId: $coopId, workshopId: $workshopId, fromAt: "2026-11-18T00:00:00Z", toAt: "2026-11-19T00:00:00Z") { kind } }',
      { coopId: strangers.coopId, workshopId: abroad.workshopId },
    );
    const answer = await until('a refusal', () => mixed.received[0] ?? null);
    expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  describe('when a transaction commits after one that took a later number', () => {
    let [early, late]: pg.Client[] = [];
    beforeEach(async () => {
      [early, late] = [app, app].map(({ database }) => new pg.Client({ connectionString: database.url }));
      await Promise.all([early?.connect(), late?.connect()]);
    });
    afterEach(async () => {
      await Promise.all([early?.end(), late?.end()]);
    });
    const both = async (): Promise<readonly [string, string]> => {
      const first = await aHold(app, member, cell, [at(9), at(10)]);
      const second = await aHold(app, member, cell, [at(13), at(14)]);
      return [first.id, second.id];
    };

    it('loses neither', async () => {
      const watcher = await watching(colleague);
      const [first, second] = await both();
      await watcher.next('the first hold', isAbout(at(9)));
      await watcher.next('the second hold', isAbout(at(13)));
      const known = watcher.received.length;
      await early?.query('BEGIN');
      await early?.query(ADD_EVENT, [first, 'extended']);
      await late?.query(ADD_EVENT, [second, 'extended']);
      await until('the later number', () =>
        watcher.received.slice(known).some(({ data }) => data !== null && isAbout(at(13))(data)),
      );
      // The early one has not committed, so nothing can have been told of it since.
      expect(watcher.received.slice(known).some(({ data }) => data !== null && isAbout(at(9))(data))).toBe(
        false,
      );
      const before = watcher.received.length;
      await early?.query('COMMIT');
      await until('the earlier number', () =>
        watcher.received.slice(before).some(({ data }) => data !== null && isAbout(at(9))(data)),
      );
    });

    it('loses neither for whoever began to watch in between', async () => {
      const [first, second] = await both();
      await early?.query('BEGIN');
      await early?.query(ADD_EVENT, [first, 'extended']);
      await late?.query(ADD_EVENT, [second, 'extended']);
      const watcher = await watching(colleague, other.url);
      await early?.query('COMMIT');
      await watcher.next('the earlier number', isAbout(at(9)));
    });
  });

  it('asks for a fresh look after a restart, and goes on from there', async () => {
    const third = await anotherApi(app);
    const client = connect(colleague, third.url);
    await watchDay(client, cell).next('the hint', isHint);
    await third.close();
    expect((await client.closed()).code).toBe(1001);
    const hold = await aHold(app, member, cell, [at(9), at(10)]);
    const again = await watching(colleague, other.url);
    expect(again.received[0]?.data?.calendarChanged.kind).toBe('SNAPSHOT_NEEDED');
    await happened(hold.id, 'extended');
    await again.next('what happens next', isAbout(at(9)));
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookingChanges } from '../../../apps/api/src/booking/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { nextMail } from '../../support/mail.js';
import { mutate, type Answer } from '../workshops/mutate.js';
import { nothingIsWrong } from './scene.js';

const NOW = '2026-11-18T06:00:00.000Z';
const at = (time: string): string => `2026-11-18T${time}:00Z`;
const BROKEN = { fromAt: at('09:00'), toAt: at('12:00'), reason: 'Broken belt' };
const TAKEN = `StationTakenOut { sequence closure { id kind stationId fromAt toAt reason }
    moved { id state priceMinor fromAt station { id } } left { because booking { id station { id } } } }
  ... on AlreadyOutOfService { closure { id } }`;
interface Taken {
  readonly closure: { readonly id: string };
  readonly moved: readonly { readonly id: string; readonly station: { readonly id: string } }[];
  readonly left: readonly { readonly because: string; readonly booking: { readonly id: string } }[];
}

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let operator: TestMember;
let cell: TestCell;
let [first, second]: readonly string[] = [];

beforeAll(async () => {
  app = await startTestApp({ worker: true });
});
afterAll(async () => {
  await nothingIsWrong({ app });
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  operator = await aMember(app, coop, ['operator']);
  cell = await aCell(app, await aWorkshop(app, coop));
  [first, second] = cell.stationIds;
});

/** Lets so much time pass that whoever is signed in has to sign in again. */
const itIs = async (instant: string): Promise<void> => {
  await app.clock.freeze(new Date(instant));
  operator = { ...operator, token: await signedIn(app, operator.email) };
  member = { ...member, token: await signedIn(app, member.email) };
};
const takeOut = (input: object = {}, who: { token: string } = operator): Promise<Answer> =>
  mutate(app, who, 'takeOutOfService', TAKEN, {
    ...{ coopId: coop.coopId, stationId: first, ...BROKEN, requestId: randomUUID() },
    ...input,
  });
const taken = async (input: object = {}): Promise<Taken> => {
  const answer = await takeOut(input);
  if (answer.__typename !== 'StationTakenOut') throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer as unknown as Taken;
};
const bringBack = (closureId: string, requestId: string = randomUUID()): Promise<Answer> =>
  mutate(
    app,
    operator,
    'returnToService',
    'StationReturned { station { id } }',
    { coopId: coop.coopId, closureId, requestId },
    '',
  );
const held = async (stationId: string | undefined, from: string, to: string, input: object = {}) =>
  (await aHold(app, member, cell, [at(from), at(to)], { stationId, ...input })).id;
const confirmed = async (
  stationId: string | undefined,
  from: string,
  to: string,
  input: object = {},
): Promise<string> => {
  const bookingId = await held(stationId, from, to, input);
  await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId });
  return bookingId;
};
/** Between black and red the cell needs an hour. */
const twoFamilies = async (): Promise<void> => {
  const families = { families: ['black', 'red'], defaultFamily: 'black' };
  const rows = [{ from: '*', to: '*', minutes: 60, costMinor: '0' }];
  const input = { coopId: coop.coopId, cellId: cell.cellId, ...families, rows };
  await mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { misfits { stationId } }', input);
};
const checkIn = (bookingId: string): Promise<Answer> =>
  mutate(
    app,
    operator,
    'checkIn',
    'CheckedIn { booking { id } }',
    { coopId: coop.coopId, bookingId, requestId: randomUUID() },
    '',
  );
const stationOf = async (id: string): Promise<string | undefined> =>
  (
    await app.database.query<{ station: string }>('SELECT station_id AS station FROM booking WHERE id = $1', [
      id,
    ])
  )[0]?.station;

describe('taking a station out of service', () => {
  it('moves bookings and holds to a sibling at the same time and price, and they keep their ids', async () => {
    const booking = await confirmed(first, '10:00', '11:00');
    const hold = await held(first, '11:00', '13:00');
    const later = await confirmed(first, '13:00', '14:00');
    const answer = await taken();
    expect(answer).toMatchObject({
      closure: { kind: 'OUT_OF_SERVICE', stationId: first, reason: 'Broken belt' },
      moved: [
        { id: booking, state: 'CONFIRMED', priceMinor: '2400', fromAt: '2026-11-18T10:00:00.000Z' },
        { id: hold, state: 'HELD', priceMinor: '4800' },
      ],
      left: [],
    });
    expect([await stationOf(booking), await stationOf(hold), await stationOf(later)]).toEqual([
      second,
      second,
      first,
    ]);
    const input = { coopId: coop.coopId, bookingId: hold };
    expect((await changeClaim(app, member, 'confirmBooking', input)).__typename).toBe('BookingConfirmed');
  });

  it('closes the station to holds for that time, and for that time only', async () => {
    await taken();
    const inside = await askForSlot(app, member, cell, [at('10:00'), at('11:00')], { stationId: first });
    expect(inside).toMatchObject({ __typename: 'OutsideOpeningHours' });
    expect((await aHold(app, member, cell, [at('10:00'), at('11:00')])).station.id).toBe(second);
    await held(first, '12:00', '13:00');
  });

  it('lists what no sibling can take and leaves it booked', async () => {
    const wanted = await confirmed(first, '10:00', '11:00');
    const other = await confirmed(second, '10:30', '11:30');
    const answer = await taken();
    expect(answer).toMatchObject({ moved: [], left: [{ because: 'NO_ROOM', booking: { id: wanted } }] });
    expect([await stationOf(wanted), await stationOf(other)]).toEqual([first, second]);
  });

  it('leaves work that is checked in where it is, and moves what follows it', async () => {
    const begun = await confirmed(first, '09:00', '10:00');
    const next = await confirmed(first, '10:00', '11:00');
    await itIs(at('09:05'));
    expect((await checkIn(begun)).__typename).toBe('CheckedIn');
    const answer = await taken({ fromAt: at('09:10') });
    expect(answer).toMatchObject({
      moved: [{ id: next }],
      left: [{ because: 'CHECKED_IN', booking: { id: begun } }],
    });
  });

  it('leaves what is over alone, and moves no dead hold', async () => {
    const over = await confirmed(first, '07:00', '08:00');
    const dead = await held(first, '10:00', '11:00');
    await itIs(at('08:00'));
    expect(await taken({ fromAt: at('07:00') })).toMatchObject({ moved: [], left: [] });
    expect([await stationOf(over), await stationOf(dead)]).toEqual([first, first]);
  });

  it('tells the members whose bookings it moves or must leave, in the pages and by mail', async () => {
    const moved = await confirmed(first, '09:00', '10:00');
    await confirmed(first, '10:00', '11:00');
    await confirmed(second, '10:00', '11:00');
    await taken();
    const query = 'query { myNotices(first: 10) { edges { node { kind title body link } } } }';
    const { myNotices } = await app.gql<{
      myNotices: { edges: { node: { kind: string; title: string; body: string } }[] };
    }>(query, {}, { token: member.token });
    const notices = myNotices.edges.map((edge) => edge.node);
    expect(notices.map((notice) => notice.kind).sort()).toEqual(['booking_moved', 'booking_out_of_service']);
    const told = notices.find((notice) => notice.kind === 'booking_moved');
    expect(told?.title).toBe('Your time on Print is on station 2 now');
    expect(told?.body).toContain('Broken belt');
    expect(told?.body).toContain('18 Nov 2026, 10:00');
    expect(await stationOf(moved)).toBe(second);
    for (const subject of ['is on station 2 now', 'is out of service during your time'])
      expect((await nextMail(app, member.email, subject)).text).toContain('Broken belt');
  });

  it('gives a changeover that would fall into it an earlier place, or moves its booking too', async () => {
    await twoFamilies();
    await confirmed(first, '07:00', '08:00', { family: 'black' });
    const red = await confirmed(first, '12:00', '13:00', { family: 'red' });
    expect(await taken({ fromAt: at('10:00') })).toMatchObject({ moved: [], left: [] });
    const claim = await app.database.query<{ claim: string }>(
      `SELECT to_char(lower(claim) AT TIME ZONE 'UTC', 'HH24:MI') AS claim FROM booking WHERE id = $1`,
      [red],
    );
    expect(claim).toEqual([{ claim: '09:00' }]);
    const more = await taken({ fromAt: at('08:00'), toAt: at('10:00') });
    expect(more).toMatchObject({ moved: [{ id: red, station: { id: second } }], left: [] });
  });

  it('moves what needs a changeover only once its neighbour has been moved away, and has no time for it', async () => {
    await twoFamilies();
    await confirmed(first, '07:00', '08:00', { family: 'black' });
    const inside = await confirmed(first, '10:30', '11:00', { family: 'red' });
    const behind = await confirmed(first, '11:00', '12:00', { family: 'red' });
    const answer = await taken({ fromAt: at('08:00'), toAt: at('11:00') });
    expect(answer).toMatchObject({ moved: [{ id: inside }, { id: behind }], left: [] });
    await nothingIsWrong({ app });
  });

  it('moves what would stand too close once its neighbour, which is left there and cannot take place, is gone', async () => {
    await twoFamilies();
    await confirmed(first, '07:00', '08:00', { family: 'black' });
    const inside = await confirmed(first, '10:30', '11:00', { family: 'red' });
    const behind = await confirmed(first, '11:00', '12:00', { family: 'red' });
    await confirmed(second, '10:00', '11:00', { family: 'red' });
    const answer = await taken({ fromAt: at('08:00'), toAt: at('11:00') });
    expect(answer).toMatchObject({ moved: [{ id: behind }], left: [{ booking: { id: inside } }] });
    await nothingIsWrong({ app });
  });

  it('shows to who watches that the old station is free and that the new one is taken', async () => {
    const changes = app.nest.get(BookingChanges, { strict: false });
    const id = await confirmed(first, '10:00', '11:00');
    const before = await changes.newest();
    await taken();
    const { events } = await changes.read(before, [], 100);
    const { stretches } = await changes.load(events);
    const seen = stretches.map(({ stationId, claims }) => [
      stationId,
      claims.map((claim) => claim.bookingId),
    ]);
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        [first, []],
        [second, [id]],
      ]),
    );
  });

  it('answers the same request again with what stands now, and refuses its id for another', async () => {
    const booking = await confirmed(first, '10:00', '11:00');
    const requestId = randomUUID();
    const once = await taken({ requestId });
    const again = await taken({ requestId });
    expect(again).toMatchObject({ closure: once.closure, moved: [{ id: booking }], left: [] });
    expect(await takeOut({ requestId, reason: 'Other' })).toMatchObject({ __typename: 'RequestIdReused' });
    const closures = await app.database.query('SELECT 1 FROM closure WHERE station_id = $1', [first]);
    expect(closures).toHaveLength(1);
  });
});

describe('returning a station to service', () => {
  it('opens it at once, and leaves what was moved where it is', async () => {
    const booking = await confirmed(first, '10:00', '11:00');
    const { closure } = await taken();
    await itIs(at('09:30'));
    expect(await bringBack(closure.id)).toMatchObject({
      __typename: 'StationReturned',
      station: { id: first },
    });
    expect(await stationOf(booking)).toBe(second);
    await held(first, '10:00', '11:00');
  });

  it('offers the time that it opens to who waits for it, before anybody else can ask', async () => {
    await confirmed(second, '10:00', '11:00');
    const { closure } = await taken();
    const waiter = await aMember(app, coop);
    const wish = { earliestAt: at('10:00'), latestAt: at('11:00'), minutes: 60, requestId: randomUUID() };
    const input = { coopId: coop.coopId, cellId: cell.cellId, ...wish };
    const joined = await mutate(app, waiter, 'joinWaitingList', 'WaitingListJoined { sequence }', input, '');
    expect(joined.__typename).toBe('WaitingListJoined');
    await bringBack(closure.id);
    const offers = await app.database.query(
      `SELECT station_id AS station, state FROM booking WHERE account_id = $1 AND origin = 'waiting'`,
      [waiter.accountId],
    );
    expect(offers).toEqual([{ station: first, state: 'held' }]);
  });

  it('can be asked again with the same id, also when it came before the closure began', async () => {
    const { closure } = await taken();
    const requestId = randomUUID();
    const once = await bringBack(closure.id, requestId);
    expect(once).toMatchObject({ __typename: 'StationReturned', station: { id: first } });
    expect(await bringBack(closure.id, requestId)).toEqual(once);
    expect(await bringBack(closure.id)).toMatchObject({ __typename: 'NotFound' });
    await held(first, '09:00', '10:00');
  });

  it('takes no other closure back, and nobody removes this one in passing', async () => {
    const maintenance = { ...BROKEN, coopId: coop.coopId, workshopId: cell.workshopId, stationId: first };
    const added = await mutate(app, coop.admin, 'addClosure', 'ClosureAdded { closure { id } }', maintenance);
    const { id } = added['closure'] as { id: string };
    expect(await bringBack(id)).toMatchObject({ __typename: 'NotFound' });
    const { closure } = await taken({ fromAt: at('13:00'), toAt: at('14:00') });
    const remove = { coopId: coop.coopId, closureId: closure.id };
    const refused = await mutate(app, coop.admin, 'removeClosure', 'ClosureRemoved { closureId }', remove);
    expect(refused).toMatchObject({ __typename: 'InputRefused', field: 'closureId' });
  });
});

describe('at once', () => {
  it('leaves no claim inside the closure but the listed ones while twenty members hold', async () => {
    const members = await Promise.all(Array.from({ length: 20 }, () => aMember(app, coop)));
    for (const [index, who] of members.slice(0, 4).entries())
      await aHold(app, who, cell, [
        at(`0${String(8 + (index % 2))}:00`),
        at(`0${String(8 + (index % 2))}:30`),
      ]);
    const asks = members.map((who, index) => {
      const hour = 9 + (index % 3);
      const [from, to] = [`${String(hour).padStart(2, '0')}:00`, `${String(hour + 1).padStart(2, '0')}:00`];
      const station = index % 2 === 0 ? { stationId: first } : {};
      return askForSlot(app, who, cell, [at(from), at(to)], station);
    });
    const [answer] = await Promise.all([taken(), ...asks]);
    const inside = await app.database.query<{ id: string }>(
      `SELECT id FROM booking WHERE station_id = $1 AND ended_at IS NULL AND claim && tstzrange($2, $3)`,
      [first, BROKEN.fromAt, BROKEN.toAt],
    );
    const listed = answer.left.map((left) => left.booking.id);
    expect(inside.map((claim) => claim.id).sort()).toEqual([...listed].sort());
    const overlaps = await app.database.query(
      `SELECT 1 FROM booking a JOIN booking b ON a.station_id = b.station_id AND a.id < b.id AND a.claim && b.claim
        WHERE a.ended_at IS NULL AND b.ended_at IS NULL`,
    );
    expect(overlaps).toEqual([]);
  });

  it('never loses a hold that its member confirms in the moment in which it is moved', async () => {
    for (let round = 0; round < 10; round += 1) {
      const day = `2026-12-${String(round + 1).padStart(2, '0')}`;
      const window = [`${day}T10:00:00Z`, `${day}T11:00:00Z`] as const;
      const { id } = await aHold(app, member, cell, window, { stationId: first });
      const [answer, confirm] = await Promise.all([
        taken({ fromAt: `${day}T09:00:00Z`, toAt: `${day}T12:00:00Z` }),
        changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: id }),
      ]);
      expect(confirm.__typename).toBe('BookingConfirmed');
      expect(answer.moved.map((moved) => moved.id)).toEqual([id]);
    }
  });
});

describe('bad input', () => {
  it('refuses a time that is none or over, and a reason that says nothing', async () => {
    expect(await takeOut({ toAt: BROKEN.fromAt })).toMatchObject({
      __typename: 'InputRefused',
      field: 'toAt',
    });
    expect(await takeOut({ fromAt: '2026-11-17T09:00:00Z', toAt: NOW })).toMatchObject({
      __typename: 'InputRefused',
      field: 'toAt',
    });
    expect(await takeOut({ reason: ' ' })).toMatchObject({ __typename: 'InputRefused', field: 'reason' });
  });

  it('refuses a time in which it is out of service already', async () => {
    const { closure } = await taken();
    expect(await takeOut({ fromAt: at('11:00'), toAt: at('13:00') })).toMatchObject({
      __typename: 'AlreadyOutOfService',
      closure: { id: closure.id },
    });
    await taken({ fromAt: at('12:00'), toAt: at('13:00') });
    await taken({ stationId: second });
  });

  it('finds no station of another co-op, and lets only operators and admins do it', async () => {
    const foreign = await aCell(app, await aWorkshop(app, await aCoop(app)));
    for (const stationId of [foreign.stationIds[0], 'none'])
      expect(await takeOut({ stationId })).toMatchObject({ __typename: 'NotFound' });
    expect(await bringBack(randomUUID())).toMatchObject({ __typename: 'NotFound' });
    await expect(takeOut({}, member)).rejects.toThrow('FORBIDDEN');
  });
});

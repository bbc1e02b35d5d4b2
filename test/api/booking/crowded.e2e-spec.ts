import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, askForSlot, changeClaim } from '../../support/builders/workshops.js';
import { mutate, type Answer } from '../workshops/mutate.js';
import { aBooking, nothingIsWrong, type Scene } from './scene.js';

type Window = readonly [fromAt: string, toAt: string];

// A Wednesday, 07:00 in Berlin; the workshop is open from 07:00 to 19:00 UTC.
const NOW = '2026-11-18T06:00:00.000Z';
const at = (time: string, day = 18): string => `2026-11-${String(day)}T${time}:00Z`;

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
// One station: whatever closes leaves its bookings where they are. Between black and red it needs an hour.
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  scene = { app, coop, cell, member: await aMember(app, coop) };
  await needs(60);
});
afterEach(async () => {
  await nothingIsWrong(scene);
});

const asAdmin = (operation: string, success: string, input: object, refusal?: string): Promise<Answer> =>
  mutate(app, scene.coop.admin, operation, success, { coopId: scene.coop.coopId, ...input }, refusal);
/** Sets what a changeover needs; the answer lists the neighbours that have less, whatever is marked. */
const needs = (minutes: number): Promise<Answer> =>
  asAdmin('setChangeovers', 'ChangeoversSet { misfits { afterBookingId } }', {
    ...{ cellId: scene.cell.cellId, families: ['black', 'red'], defaultFamily: 'black' },
    rows: [{ from: '*', to: '*', minutes, costMinor: '0' }],
  });
const takeOut = (fromAt: string, toAt: string): Promise<Answer> =>
  asAdmin('takeOutOfService', 'StationTakenOut { closure { id } moved { id } left { booking { id } } }', {
    ...{ stationId: scene.cell.stationIds[0], reason: 'Broken belt', requestId: randomUUID() },
    ...{ fromAt, toAt },
  });
const book = (from: string, to: string, family: string, day?: number): Promise<string> =>
  aBooking(scene, [at(from, day), at(to, day)], { family });
const cancel = (bookingId: string) =>
  changeClaim(app, scene.member, 'cancelBooking', { coopId: scene.coop.coopId, bookingId });

/** Nobody is signed in for as long as the clock is moved. */
async function signInAgain(): Promise<void> {
  const { coop, member } = scene;
  const again = async <Who extends { readonly email: string }>(who: Who) => ({
    ...who,
    token: await signedIn(app, who.email),
  });
  scene = { ...scene, coop: { ...coop, admin: await again(coop.admin) }, member: await again(member) };
}

/** Whether red can be had, by asking for it: what is given is given back at once. */
async function gets(from: string, to: string, day?: number): Promise<boolean> {
  const answer = await askForSlot(app, scene.member, scene.cell, [at(from, day), at(to, day)], {
    family: 'red',
  });
  if (answer.booking === undefined) {
    expect(answer.__typename).toBe('SlotTaken');
    return false;
  }
  await changeClaim(app, scene.member, 'releaseHold', {
    ...{ coopId: scene.coop.coopId, bookingId: answer.booking.id },
  });
  return true;
}

/** What freeSlots shows for red, as times. */
async function shown(day: number): Promise<string[]> {
  const { coopId, workshopId } = scene.cell;
  const query = `query ($coopId: ID!, $workshopId: ID!) { freeSlots(coopId: $coopId, workshopId: $workshopId,
    family: "red", fromAt: "${at('00:00', day)}", toAt: "${at('23:00', day)}") { windows { fromAt toAt } } }`;
  type Answered = { freeSlots: { windows: { fromAt: string; toAt: string }[] }[] };
  const { freeSlots } = await app.gql<Answered>(query, { coopId, workshopId }, scene.member);
  return (freeSlots[0]?.windows ?? []).map(
    ({ fromAt, toAt }) => `${fromAt.slice(11, 16)}-${toAt.slice(11, 16)}`,
  );
}

/** The bookings that are marked as too close to one before them. */
async function crowded(): Promise<string[]> {
  const rows = await app.database.query<{ id: string }>(
    'select id from booking where cell_id = $1 and ended_at is null and crowded order by lower(during)',
    [scene.cell.cellId],
  );
  return rows.map(({ id }) => id);
}

/** What the station is claimed for, changeovers included. */
const claims = () =>
  app.database.query(
    'select id, claim::text, changeover_minutes from booking where cell_id = $1 order by lower(during)',
    [scene.cell.cellId],
  );

describe('behind a booking that stands too close to the one before it', () => {
  it('nothing is held that would stand too close without it, once its station is out of service', async () => {
    await book('07:00', '08:00', 'black');
    const left = await book('09:00', '10:00', 'red');
    await takeOut(at('08:00'), at('12:00'));
    expect(await crowded()).toEqual([left]);
    expect(await gets('12:00', '12:30')).toBe(false);
    expect(await shown(18)).toEqual(['13:00-19:00']);
    await book('13:00', '14:00', 'red');
    await cancel(left);
    expect(await needs(60)).toMatchObject({ misfits: [] });
  });

  it('nor on a later day, whose bookings alone say nothing of it', async () => {
    await book('18:00', '19:00', 'black', 18);
    const left = await book('10:00', '11:00', 'red', 19);
    const also = await book('12:00', '13:00', 'red', 19);
    await takeOut(at('00:00', 19), at('23:00', 19));
    expect(await gets('07:00', '08:00', 20)).toBe(false);
    expect(await shown(20)).toEqual(['08:00-19:00']);
    await book('08:00', '09:00', 'red', 20);
    await cancel(left);
    await cancel(also);
    expect(await needs(60)).toMatchObject({ misfits: [] });
  });

  it.each([
    [
      'a closure',
      60,
      '10:00',
      () =>
        asAdmin('addClosure', 'ClosureAdded { closure { id } }', {
          ...{ workshopId: scene.cell.workshopId, kind: 'CLOSURE', reason: 'Stocktaking' },
          ...{ fromAt: at('08:00'), toAt: at('09:00') },
        }),
    ],
    [
      'hours of its own',
      60,
      '10:00',
      () =>
        asAdmin('setOwnHours', 'OwnHoursSet { cell { id } }', {
          cellId: scene.cell.cellId,
          openingHours: [
            { weekday: 3, fromMinute: 480, toMinute: 540 },
            { weekday: 3, fromMinute: 600, toMinute: 1200 },
          ],
        }),
    ],
    ['a new matrix', 180, '11:00', () => needs(180)],
  ])('nor once %s has squeezed it', async (_, minutes, freeFrom, squeeze) => {
    await book('07:00', '08:00', 'black');
    const squeezed = await book('09:00', '09:30', 'red');
    await squeeze();
    expect(await crowded()).toEqual([squeezed]);
    expect(await gets('09:30', '10:00')).toBe(false);
    expect(await shown(18)).toEqual([`${freeFrom}-19:00`]);
    await book(freeFrom, '13:00', 'red');
    await cancel(squeezed);
    expect(await needs(minutes)).toMatchObject({ misfits: [] });
  });

  it('it stays marked and keeps its time when one months later is held, whose hours say nothing of it', async () => {
    await book('07:00', '08:00', 'black');
    const left = await book('09:00', '10:00', 'red');
    await takeOut(at('08:15'), at('10:00'));
    const months: Window[] = ['2027-02-05', '2027-02-06'].map((day) => [
      `${day}T10:00:00Z`,
      `${day}T11:00:00Z`,
    ]);
    const [first, second] = months as [Window, Window];
    await aHold(app, scene.member, scene.cell, first, { family: 'red' });
    // Its time is over, and nobody has ended it: whoever holds behind it does.
    await app.clock.freeze(new Date(at('06:20')));
    await signInAgain();
    const stored = await claims();
    await aHold(app, scene.member, scene.cell, second, { family: 'red' });
    expect((await claims()).slice(0, 2)).toEqual(stored.slice(0, 2));
    expect(await crowded()).toEqual([left]);
    expect(await gets('10:00', '10:30')).toBe(false);
  });

  it('all is held as before once the time is open again', async () => {
    await book('07:00', '08:00', 'black');
    const left = await book('09:00', '10:00', 'red');
    const answer = await takeOut(at('08:00'), at('10:00'));
    expect(await gets('10:00', '11:00')).toBe(false);
    const { closure } = answer as unknown as { closure: { id: string } };
    const input = { closureId: closure.id, requestId: randomUUID() };
    await asAdmin('returnToService', 'StationReturned { station { id } }', input, '');
    expect(await crowded()).toEqual([]);
    expect(await gets('10:00', '11:00')).toBe(true);
    await cancel(left);
  });
});

describe('taking a station out of service around work that has begun', () => {
  it('moves nothing behind the work for what stands before it', async () => {
    await book('07:00', '08:00', 'black');
    const begun = await book('09:00', '10:00', 'red');
    await book('10:00', '11:00', 'red');
    await app.clock.freeze(new Date(at('09:00')));
    await signInAgain();
    const input = { bookingId: begun, requestId: randomUUID() };
    await asAdmin('checkIn', 'CheckedIn { booking { id } }', input, '');
    const answer = await takeOut(at('08:15'), at('10:00'));
    expect(answer).toMatchObject({ moved: [], left: [{ booking: { id: begun } }] });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
import { aPlace } from '../../support/builders/waiting-list.js';
import { mutate, type Answer } from '../workshops/mutate.js';
import { nothingIsWrong } from './scene.js';

const NOW = '2026-11-18T06:00:00.000Z';
const INKS = ['black', 'red', 'white'];
const FIELDS = `cellId families defaultFamily rows { from to minutes costMinor }
  inForce { from to minutes costMinor }`;
const SET = `ChangeoversSet { sequence changeovers { ${FIELDS} } misfits { stationId beforeBookingId afterBookingId neededMinutes haveMinutes
    before { id toAt family } after { id fromAt family station { number } } } }
  ... on FamiliesInUse { families }`;
const row = (from: string, to: string, minutes: number, costMinor = '0') => ({
  from,
  to,
  minutes,
  costMinor,
});
const at = (time: string): string => `2026-11-18T${time}:00Z`;

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await nothingIsWrong({ app });
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
});

const set = (input: object, who: { token: string } = coop.admin): Promise<Answer> =>
  mutate(app, who, 'setChangeovers', SET, {
    ...{ coopId: coop.coopId, cellId: cell.cellId, families: INKS, defaultFamily: 'black', rows: [] },
    ...input,
  });
/** Lets so much time pass that whoever is signed in has to sign in again. */
const itIs = async (instant: string): Promise<void> => {
  await app.clock.freeze(new Date(instant));
  const token = await signedIn(app, coop.admin.email);
  coop = { ...coop, admin: { ...coop.admin, token } };
};
const booked = async (from: string, to: string, family?: string): Promise<string> => {
  const { id } = await aHold(app, member, cell, [at(from), at(to)], { family });
  await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: id });
  return id;
};
const claimOf = async (id: string): Promise<object | undefined> =>
  (
    await app.database.query<{ claim: string }>(
      `SELECT to_char(lower(claim) AT TIME ZONE 'UTC', 'HH24:MI') AS claim, changeover_minutes AS minutes FROM booking WHERE id = $1`,
      [id],
    )
  )[0];

describe('setting changeovers', () => {
  it('puts the cheapest chain of families in force and shows what was written', async () => {
    const rows = [
      row('*', '*', 60, '900'),
      row('black', 'red', 10, '100'),
      row('red', 'white', 15, '200'),
      row('*', 'black', 45),
    ];
    const answer = await set({ rows });
    expect(answer).toMatchObject({ __typename: 'ChangeoversSet', misfits: [] });
    const query = `query ($coopId: ID!, $cellId: ID!) { changeovers(coopId: $coopId, cellId: $cellId) { ${FIELDS} } }`;
    const variables = { coopId: coop.coopId, cellId: cell.cellId };
    const { changeovers } = await app.gql<{ changeovers: { inForce: object[]; rows: object[] } }>(
      query,
      variables,
      { token: member.token },
    );
    expect(changeovers).toEqual(answer['changeovers']);
    expect(changeovers.rows).toEqual(expect.arrayContaining(rows));
    expect(changeovers.inForce).toEqual([
      row('black', 'black', 0),
      row('black', 'red', 10, '100'),
      row('black', 'white', 25, '300'),
      row('red', 'black', 45),
      row('red', 'red', 0),
      row('red', 'white', 15, '200'),
      row('white', 'black', 45),
      row('white', 'red', 55, '100'),
      row('white', 'white', 0),
    ]);
  });

  it('moves the start of claims that still fit, and lists pairs that do not, whose windows stay', async () => {
    await set({});
    const first = await booked('08:00', '09:00', 'black');
    const second = await booked('09:30', '10:30', 'red');
    const third = await booked('13:00', '14:00', 'white');
    const answer = await set({ rows: [row('*', '*', 45)] });
    expect(answer).toMatchObject({
      __typename: 'ChangeoversSet',
      misfits: [
        {
          stationId: cell.stationIds[0],
          beforeBookingId: first,
          afterBookingId: second,
          neededMinutes: 45,
          haveMinutes: 30,
          before: { id: first, toAt: '2026-11-18T09:00:00.000Z', family: 'black' },
          after: { id: second, fromAt: '2026-11-18T09:30:00.000Z', family: 'red', station: { number: 1 } },
        },
      ],
    });
    // It gets all there is between the two windows, and neither window moves.
    expect(await claimOf(second)).toEqual({ claim: '09:00', minutes: 45 });
    expect(await claimOf(third)).toEqual({ claim: '12:15', minutes: 45 });
    const close = await askForSlot(app, member, cell, [at('14:30'), at('15:30')], { family: 'red' });
    expect(close.__typename).toBe('SlotTaken');
    await aHold(app, member, cell, [at('15:00'), at('16:00')], { family: 'red' });
  });

  it('ends dead holds first, so that a claim can grow into their place', async () => {
    await set({});
    await aHold(app, member, cell, [at('08:00'), at('09:00')], { family: 'red' });
    const kept = await booked('09:00', '10:00', 'white');
    await booked('07:00', '07:30', 'black');
    await itIs(at('06:15'));
    expect(await set({ rows: [row('*', '*', 60)] })).toMatchObject({ misfits: [] });
    expect(await claimOf(kept)).toEqual({ claim: '08:00', minutes: 60 });
  });

  it('refuses to drop a family that a coming claim uses, and drops it when that is over', async () => {
    await set({});
    const id = await booked('08:00', '09:00', 'red');
    const refused = await set({ families: ['black', 'white'] });
    expect(refused).toMatchObject({ __typename: 'FamiliesInUse', families: ['red'] });
    expect(await set({ families: [], defaultFamily: null })).toMatchObject({ __typename: 'FamiliesInUse' });
    await itIs(at('08:59'));
    expect(await set({ families: ['black', 'white'] })).toMatchObject({ __typename: 'FamiliesInUse' });
    await itIs(at('09:00'));
    expect(await set({ families: ['black', 'white'] })).toMatchObject({ __typename: 'ChangeoversSet' });
    expect(await claimOf(id)).toMatchObject({ minutes: 0 });
  });

  it('takes what was booked before there were families for the default one, and who waits too', async () => {
    await booked('08:00', '09:00');
    const between = await booked('09:00', '10:00');
    await booked('12:00', '13:00');
    const waits = await aPlace(app, await aMember(app, coop), cell, [at('12:00'), at('13:00')]);
    expect(await set({ rows: [row('*', '*', 60)] })).toMatchObject({ misfits: [] });
    const families = await app.database.query(
      `SELECT DISTINCT family FROM booking WHERE coop_id = $1 UNION SELECT family FROM waiting_entry WHERE id = $2`,
      [coop.coopId, waits],
    );
    expect(families).toEqual([{ family: 'black' }]);
    const red = { family: 'red' };
    const tooClose = await askForSlot(app, member, cell, [at('10:00'), at('11:00')], red);
    expect(tooClose.__typename).toBe('SlotTaken');
    // Taking out what was booked without a family leaves its neighbours as far apart as they must be.
    await aHold(app, member, cell, [at('14:00'), at('15:00')], red);
    await changeClaim(app, member, 'cancelBooking', { coopId: coop.coopId, bookingId: between });
    await nothingIsWrong({ app });
  });

  it('takes families away altogether', async () => {
    await set({});
    expect(await set({ families: [], defaultFamily: null })).toMatchObject({
      changeovers: { families: [], defaultFamily: null, rows: [], inForce: [] },
    });
    await aHold(app, member, cell, [at('08:00'), at('09:00')]);
  });

  it('gives a claim and a new matrix at once one order: no two claims ever overlap', async () => {
    await set({});
    await booked('08:00', '09:00', 'black');
    const others = await Promise.all(Array.from({ length: 10 }, () => aMember(app, coop)));
    const asked = others.map((other, index) =>
      askForSlot(app, other, cell, [at('09:30'), at('10:30')], {
        family: INKS[index % 3],
        requestId: randomUUID(),
      }),
    );
    const [answer, ...holds] = await Promise.all([set({ rows: [row('*', '*', 60)] }), ...asked]);
    expect(answer.__typename).toBe('ChangeoversSet');
    expect(holds.filter((hold) => hold.booking !== undefined)).toHaveLength(1);
    const overlaps = await app.database.query(
      `SELECT 1 FROM booking a JOIN booking b ON a.station_id = b.station_id AND a.id < b.id AND a.claim && b.claim
        WHERE a.ended_at IS NULL AND b.ended_at IS NULL`,
    );
    expect(overlaps).toEqual([]);
  });
});

describe('bad input', () => {
  it.each([
    ['minutes below nothing', { rows: [row('black', 'red', -1)] }, 'rows', 'Row 1'],
    ['a cost below nothing', { rows: [row('black', 'red', 1, '-1')] }, 'rows', 'Row 1'],
    ['a row twice', { rows: [row('black', '*', 1), row('black', '*', 2)] }, 'rows', 'Row 2'],
    ['a row of an unknown family', { rows: [row('black', 'green', 1)] }, 'rows', 'green'],
    ['a family twice', { families: ['black', 'black'] }, 'families', 'twice'],
    ['a family that is none', { families: ['Black!'] }, 'families', 'lower case'],
    ['the star as a family', { families: ['*', 'black'] }, 'families', 'lower case'],
    ['a default that is no family', { defaultFamily: 'green' }, 'defaultFamily', 'one of the families'],
    ['no default', { defaultFamily: null }, 'defaultFamily', 'one of the families'],
    ['a default without families', { families: [], rows: [] }, 'defaultFamily', 'Leave'],
  ])('refuses %s and changes nothing', async (_, input, field, words) => {
    await set({ rows: [row('*', '*', 5)] });
    const answer = await set(input);
    expect(answer).toMatchObject({ __typename: 'InputRefused', field });
    expect(answer.message).toContain(words);
    const [kept] = await app.database.query(
      'SELECT default_family, (SELECT count(*)::int FROM setup_family WHERE cell_id = $1) AS families FROM cell WHERE id = $1',
      [cell.cellId],
    );
    expect(kept).toEqual({ default_family: 'black', families: 3 });
  });

  it('finds no cell of another co-op, and lets only an admin set its changeovers', async () => {
    const foreign = await aCell(app, await aWorkshop(app, await aCoop(app)));
    expect(await set({ cellId: foreign.cellId })).toMatchObject({ __typename: 'NotFound' });
    expect(await set({ cellId: 'none' })).toMatchObject({ __typename: 'NotFound' });
    const query =
      'query ($coopId: ID!, $cellId: ID!) { changeovers(coopId: $coopId, cellId: $cellId) { cellId } }';
    const variables = { coopId: coop.coopId, cellId: foreign.cellId };
    expect(await app.gql(query, variables, { token: member.token })).toEqual({ changeovers: null });
    await expect(set({}, await aMember(app, coop, ['operator']))).rejects.toThrow('FORBIDDEN');
  });
});

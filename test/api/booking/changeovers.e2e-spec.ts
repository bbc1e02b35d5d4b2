import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn, type TestMember } from '../../support/builders/membership.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type HoldAnswer,
} from '../../support/builders/workshops.js';
import { tries } from '../../support/proof.js';
import { mutate } from '../workshops/mutate.js';
import { aBooking, nothingIsWrong, type Scene } from './scene.js';

// A Wednesday, 09:00 in Berlin; the workshop is open from 07:00 to 19:00 UTC.
const NOW = '2026-11-18T08:00:00.000Z';
const MINUTE = 60_000;

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

async function aScene(stations: number): Promise<Scene> {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations });
  await mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { sequence }', {
    ...{
      coopId: coop.coopId,
      cellId: cell.cellId,
      families: ['black', 'red', 'white'],
      defaultFamily: 'black',
    },
    rows: [
      { from: '*', to: '*', minutes: 30, costMinor: '500' },
      { from: 'black', to: 'white', minutes: 90, costMinor: '900' },
    ],
  });
  return { app, coop, cell, member: await aMember(app, coop) };
}

beforeEach(async () => {
  scene = await aScene(1);
});

const at = (time: string): string => `2026-11-18T${time}:00Z`;
const book = (from: string, to: string, family: string): Promise<string> =>
  aBooking(scene, [at(from), at(to)], { family });
const ask = (from: string, to: string, family: string, input: object = {}): Promise<HoldAnswer> =>
  askForSlot(app, scene.member, scene.cell, [at(from), at(to)], { family, ...input });

/** Every live claim of the cell: family, when its changeover begins, its window, by start. */
async function standing(): Promise<string[]> {
  const rows = await app.database.query<{ line: string }>(
    `select concat_ws(' ', family, to_char(lower(claim) at time zone 'UTC', 'DD HH24:MI'),
        to_char(lower(during) at time zone 'UTC', 'DD HH24:MI'), changeover_minutes) as line
       from booking where cell_id = $1 and ended_at is null order by station_id, lower(during)`,
    [scene.cell.cellId],
  );
  return rows.map((row) => row.line);
}

describe('a changeover', () => {
  it('is claimed before a window of another family, and not before the first or the same one', async () => {
    await book('09:00', '10:00', 'black');
    await book('10:00', '11:00', 'black');
    expect((await ask('11:00', '12:00', 'red')).__typename).toBe('SlotTaken');
    await book('11:30', '12:00', 'red');
    expect(await standing()).toEqual([
      'black 18 09:00 18 09:00 0',
      'black 18 10:00 18 10:00 0',
      'red 18 11:00 18 11:30 30',
    ]);
    await nothingIsWrong(scene);
  });

  it('takes the cheapest chain through families, and whoever names none gets the default', async () => {
    await book('09:00', '10:00', 'black');
    // Straight it would be 90 minutes; by way of red it is twice 30.
    expect((await ask('10:30', '11:30', 'white')).__typename).toBe('SlotTaken');
    await book('11:00', '12:00', 'white');
    const plain = await aHold(app, scene.member, scene.cell, [at('12:30'), at('13:00')]);
    const rows = await app.database.query('select family from booking where id = $1', [plain.id]);
    expect(rows).toEqual([{ family: 'black' }]);
    expect(await ask('14:00', '15:00', 'green')).toMatchObject({ __typename: 'FamilyUnknown' });
  });

  it('must fit on both sides when a window goes between two, and moves the claim of the next one', async () => {
    await book('09:00', '10:00', 'red');
    await book('12:00', '13:00', 'red');
    expect((await ask('10:00', '11:00', 'black')).__typename).toBe('SlotTaken');
    expect((await ask('11:00', '12:00', 'black')).__typename).toBe('SlotTaken');
    await book('10:30', '11:30', 'black');
    expect(await standing()).toEqual([
      'red 18 09:00 18 09:00 0',
      'black 18 10:00 18 10:30 30',
      'red 18 11:30 18 12:00 30',
    ]);
    await nothingIsWrong(scene);
  });

  it('is given back when what stood between is cancelled, released or has lapsed', async () => {
    await book('09:00', '10:00', 'red');
    const between = await book('10:30', '11:30', 'black');
    await book('12:00', '13:00', 'red');
    const input = { coopId: scene.coop.coopId, bookingId: between };
    await changeClaim(app, scene.member, 'cancelBooking', input);
    expect((await standing())[1]).toBe('red 18 12:00 18 12:00 0');
    const held = await aHold(app, scene.member, scene.cell, [at('10:30'), at('11:30')], { family: 'black' });
    expect((await standing())[2]).toBe('red 18 11:30 18 12:00 30');
    await app.clock.step(15 * MINUTE);
    const stranger = await aMember(app, scene.coop);
    // Where the dead hold stood, and up to what followed it.
    await aHold(app, stranger, scene.cell, [at('10:00'), at('12:00')], { family: 'red' });
    expect(await standing()).toEqual([
      'red 18 09:00 18 09:00 0',
      'red 18 10:00 18 10:00 0',
      'red 18 12:00 18 12:00 0',
    ]);
    const rows = await app.database.query('select state from booking where id = $1', [held.id]);
    expect(rows).toEqual([{ state: 'lapsed' }]);
    await nothingIsWrong(scene);
  });

  it('is not looked for before a hold that is over, though nobody has ended it yet', async () => {
    await ask('14:00', '15:00', 'black');
    await app.clock.step(15 * MINUTE);
    const stranger = await aMember(app, scene.coop);
    await aHold(app, stranger, scene.cell, [at('10:00'), at('11:00')], { family: 'red' });
    expect(await standing()).toEqual(['red 18 10:00 18 10:00 0', 'black 18 14:00 18 14:00 0']);
    await nothingIsWrong(scene);
    await aHold(app, stranger, scene.cell, [at('14:00'), at('15:00')], { family: 'black' });
    expect(await standing()).toEqual(['red 18 10:00 18 10:00 0', 'black 18 13:30 18 14:00 30']);
  });

  it('happens in opening hours, and what is set up survives the night', async () => {
    await book('18:00', '19:00', 'red');
    const early = await askForSlot(
      app,
      scene.member,
      scene.cell,
      ['2026-11-19T07:00:00Z', '2026-11-19T08:00:00Z'],
      {
        family: 'black',
      },
    );
    expect(early).toMatchObject({ __typename: 'SlotTaken', freeFrom: '2026-11-19T07:30:00.000Z' });
    await aBooking(scene, ['2026-11-19T07:30:00Z', '2026-11-19T08:00:00Z'], { family: 'black' });
    await aBooking(scene, ['2026-11-20T07:00:00Z', '2026-11-20T08:00:00Z'], { family: 'black' });
    // 18:30 to 19:00 of the day before: there is no open time between closing and opening.
    await aBooking(scene, ['2026-11-19T17:00:00Z', '2026-11-19T18:30:00Z'], { family: 'red' });
    expect(await standing()).toEqual([
      'red 18 18:00 18 18:00 0',
      'black 19 07:00 19 07:30 30',
      'red 19 16:30 19 17:00 30',
      'black 19 18:30 20 07:00 30',
    ]);
    await nothingIsWrong(scene);
  });

  it('is known however long ago the last booking was', async () => {
    await book('09:00', '10:00', 'red');
    await app.clock.step(40 * 24 * 60 * MINUTE);
    const token = await signedIn(app, scene.member.email);
    const window = ['2026-12-28T10:00:00Z', '2026-12-28T11:00:00Z'] as const;
    await aHold(app, { token }, scene.cell, window, { family: 'black' });
    expect((await standing())[1]).toBe('black 28 09:30 28 10:00 30');
  });

  // From 01:00 to 04:00 on the wall of Berlin there are four hours on one night and two on the other.
  it.each([
    ['back', '2026-10-24T10:00:00Z', '2026-10-24T23:00:00Z', '2026-10-25T02:30:00.000Z'],
    ['forward', '2027-03-27T10:00:00Z', '2027-03-28T00:00:00Z', '2027-03-28T23:30:00.000Z'],
  ])('takes the minutes that really pass when the clocks go %s', async (_, now, opens, freeFrom) => {
    await app.clock.freeze(new Date(now));
    const coop = await aCoop(app);
    const openingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 60, toMinute: 240 }));
    const cell = await aCell(app, await aWorkshop(app, coop, { openingHours }), { stations: 1 });
    await mutate(app, coop.admin, 'setChangeovers', 'ChangeoversSet { sequence }', {
      ...{ coopId: coop.coopId, cellId: cell.cellId, families: ['black', 'red'], defaultFamily: 'black' },
      rows: [{ from: 'red', to: 'black', minutes: now.startsWith('2026') ? 150 : 90, costMinor: '0' }],
    });
    scene = { app, coop, cell, member: await aMember(app, coop) };
    const hourLater = (from: string): string => new Date(Date.parse(from) + 60 * MINUTE).toISOString();
    await aBooking(scene, [opens, hourLater(opens)], { family: 'red' });
    const half = new Date(Date.parse(hourLater(opens)) + 30 * MINUTE).toISOString();
    const answer = await askForSlot(app, scene.member, cell, [hourLater(opens), half], { family: 'black' });
    expect(answer).toMatchObject({ __typename: 'SlotTaken', freeFrom });
    await aBooking(scene, [freeFrom, new Date(Date.parse(freeFrom) + 30 * MINUTE).toISOString()], {
      family: 'black',
    });
    await nothingIsWrong(scene);
  });

  it('decides the station, which is told, and the alternatives are what really fits', async () => {
    scene = await aScene(2);
    await book('09:00', '10:00', 'red');
    const query = `mutation ($input: HoldSlotInput!) { holdSlot(input: $input) {
      ... on SlotHeld { because booking { station { number } changeoverMinutes } }
      ... on SlotTaken { alternatives { fromAt toAt } } } }`;
    const held = async (from: string, to: string, family: string): Promise<unknown> => {
      const { coopId, cellId } = scene.cell;
      const input = {
        coopId,
        cellId,
        fromAt: at(from),
        toAt: at(to),
        family,
        requestId: crypto.randomUUID(),
      };
      return (await app.gql<{ holdSlot: unknown }>(query, { input }, scene.member)).holdSlot;
    };
    expect(await held('10:00', '11:00', 'red')).toMatchObject({ booking: { changeoverMinutes: 0 } });
    await book('10:00', '11:00', 'black');
    const taken = (await held('10:00', '11:00', 'red')) as {
      alternatives: { fromAt: string; toAt: string }[];
    };
    expect(taken.alternatives).toHaveLength(3);
    for (const { fromAt, toAt } of taken.alternatives.slice(0, 1))
      await aHold(app, await aMember(app, scene.coop), scene.cell, [fromAt, toAt], { family: 'red' });
    await nothingIsWrong(scene);
  });

  it('is taken off what freeSlots offers to a family, and drawn in the calendar', async () => {
    await book('12:00', '13:00', 'red');
    const { coopId, workshopId } = scene.cell;
    const query = `query ($coopId: ID!, $workshopId: ID!, $family: String) {
      freeSlots(coopId: $coopId, workshopId: $workshopId, family: $family,
        fromAt: "${at('08:00')}", toAt: "${at('19:00')}") { windows { fromAt toAt } } }`;
    const free = async (family: string): Promise<string> => {
      const answer = await app.gql<{ freeSlots: { windows: { fromAt: string; toAt: string }[] }[] }>(
        query,
        { coopId, workshopId, family },
        scene.member,
      );
      const [slots] = answer.freeSlots;
      return (slots?.windows ?? [])
        .map(({ fromAt, toAt }) => `${fromAt.slice(11, 16)}-${toAt.slice(11, 16)}`)
        .join(' ');
    };
    expect(await free('red')).toBe('08:00-12:00 13:00-19:00');
    expect(await free('black')).toBe('08:00-11:30 13:30-19:00');
    await book('09:00', '10:00', 'black');
    const calendar = `query ($coopId: ID!, $workshopId: ID!) { calendar(coopId: $coopId, workshopId: $workshopId,
      fromAt: "${at('08:00')}", toAt: "${at('19:00')}") { bookings { family changeoverFromAt changeoverMinutes } } }`;
    expect(await app.gql(calendar, { coopId, workshopId }, scene.member)).toEqual({
      calendar: [
        {
          bookings: [
            { family: 'black', changeoverFromAt: null, changeoverMinutes: 0 },
            { family: 'red', changeoverFromAt: at('11:30').replace('Z', '.000Z'), changeoverMinutes: 30 },
          ],
        },
      ],
    });
  });
});

describe('at once', () => {
  const FAMILIES = ['black', 'red', 'white'];

  it(
    'keeps every gap while twenty members put in and take out claims of all families',
    async () => {
      scene = await aScene(2);
      await app.database.query('update coop set hold_limit = 50 where id = $1', [scene.coop.coopId]);
      const members: TestMember[] = [];
      for (let count = 0; count < 20; count += 1) members.push(await aMember(app, scene.coop));
      const outcomes = new Map<string, number>();
      const count = (kind: string): void => void outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
      for (let round = 0; round < tries(6, 40); round += 1) {
        const day = `2026-11-${String(19 + (round % 10))}`;
        await Promise.all(
          members.map(async (member, index) => {
            const from = Date.parse(`${day}T07:00:00Z`) + ((index * 7 + round) % 21) * 30 * MINUTE;
            const window = [
              new Date(from).toISOString(),
              new Date(from + 60 * MINUTE).toISOString(),
            ] as const;
            const family = FAMILIES[(index + round) % 3] ?? 'black';
            const answer = await askForSlot(app, member, scene.cell, window, { family });
            count(answer.__typename);
            const input = { coopId: scene.coop.coopId, bookingId: answer.booking?.id ?? '' };
            if (answer.booking === undefined) return;
            if (index % 3 === 0) count((await changeClaim(app, member, 'releaseHold', input)).__typename);
            else count((await changeClaim(app, member, 'confirmBooking', input)).__typename);
            if (index % 3 === 1) count((await changeClaim(app, member, 'cancelBooking', input)).__typename);
          }),
        );
      }
      const known = [
        'SlotHeld',
        'SlotTaken',
        'OutsideOpeningHours',
        'HoldReleased',
        'BookingConfirmed',
        'BookingCancelled',
      ];
      expect([...outcomes.keys()].filter((kind) => !known.includes(kind))).toEqual([]);
      expect(outcomes.get('SlotHeld')).toBeGreaterThan(20);
      await nothingIsWrong(scene);
      const [deadlocks] = await app.database.query<{ deadlocks: string }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      );
      expect(deadlocks).toEqual({ deadlocks: '0' });
    },
    tries(600_000, 900_000),
  );

  it('takes back bookings while the holds behind them are being confirmed, and nobody waits in a circle', async () => {
    scene = await aScene(10);
    await app.database.query('update coop set hold_limit = 50 where id = $1', [scene.coop.coopId]);
    const { coopId, stationIds } = scene.cell;
    // A member each, so that no confirmation waits for another one of the same member.
    const others = await Promise.all(stationIds.map(() => aMember(app, scene.coop)));
    for (let round = 0; round < tries(4, 20); round += 1) {
      const day = `2026-11-${String(19 + round)}`;
      const pairs = await Promise.all(
        stationIds.map(async (stationId, index) => {
          const other = others[index] ?? scene.member;
          const [before, after] = [`${day}T09:00:00Z`, `${day}T11:00:00Z`];
          const first = await aBooking(scene, [before, `${day}T10:00:00Z`], { family: 'red', stationId });
          const second = await aHold(app, other, scene.cell, [after, `${day}T12:00:00Z`], {
            ...{ family: 'black', stationId },
          });
          return { first, second: second.id, other };
        }),
      );
      const kinds = await Promise.all(
        pairs.flatMap(({ first, second, other }) => [
          changeClaim(app, scene.member, 'cancelBooking', { coopId, bookingId: first }),
          changeClaim(app, other, 'confirmBooking', { coopId, bookingId: second }),
        ]),
      );
      expect(new Set(kinds.map((answer) => answer.__typename))).toEqual(
        new Set(['BookingCancelled', 'BookingConfirmed']),
      );
    }
    await nothingIsWrong(scene);
    const [row] = await app.database.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(row).toEqual({ deadlocks: '0' });
  });
});

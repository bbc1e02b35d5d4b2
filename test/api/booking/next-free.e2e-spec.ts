import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, askForSlot } from '../../support/builders/workshops.js';
import { mutate, type Answer } from '../workshops/mutate.js';
import { nothingIsWrong, type Scene } from './scene.js';

// A Wednesday, 09:00 in Berlin; the workshop is open from 07:00 to 19:00 UTC.
const NOW = '2026-11-18T08:00:00.000Z';

let app: TestApp;
let scene: Scene;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  scene = { app, coop, cell, member: await aMember(app, coop) };
});

const at = (time: string): string => `2026-11-18T${time}:00Z`;
const next = (input: object, who: { token: string } = scene.member): Promise<Answer> => {
  const { coopId, cellId } = scene.cell;
  const success = 'SlotHeld { because booking { id fromAt toAt priceMinor } }';
  const asked = { coopId, cellId, minutes: 120, requestId: randomUUID(), ...input };
  return mutate(app, who, 'holdNextFree', success, asked, '');
};

describe('holdNextFree', () => {
  it('holds the earliest window of a length, from now on or from a later moment', async () => {
    await aHold(app, scene.member, scene.cell, [at('09:00'), at('11:00')]);
    expect(await next({ minutes: 60 })).toMatchObject({ booking: { fromAt: '2026-11-18T08:00:00.000Z' } });
    expect(await next({})).toMatchObject({
      booking: { fromAt: '2026-11-18T11:00:00.000Z', toAt: '2026-11-18T13:00:00.000Z', priceMinor: '4800' },
    });
    const colleague = await aMember(app, scene.coop);
    expect(await next({ notBefore: at('18:00') }, colleague)).toMatchObject({
      booking: { fromAt: '2026-11-19T07:00:00.000Z' },
    });
    await nothingIsWrong(scene);
  });

  it('passes over what costs more than its member would pay, and says the price when all does', async () => {
    expect(await next({ maxPriceMinor: '4799' })).toMatchObject({ __typename: 'PriceAboveMax' });
    expect(await next({ maxPriceMinor: '4800' })).toMatchObject({ __typename: 'SlotHeld' });
  });

  it('refuses lengths that are none, and what is not there', async () => {
    expect(await next({ minutes: 45 })).toMatchObject({ __typename: 'WindowInvalid' });
    expect(await next({ minutes: 0 })).toMatchObject({ __typename: 'WindowInvalid' });
    expect(await next({ minutes: 510 })).toMatchObject({ __typename: 'WindowInvalid' });
    expect(await next({ cellId: randomUUID() })).toMatchObject({ __typename: 'NotFound' });
    expect(await next({ stationId: randomUUID() })).toMatchObject({ __typename: 'NotFound' });
    expect(await next({ family: 'red' })).toMatchObject({ __typename: 'FamilyUnknown' });
  });

  it('answers the same request with the same hold', async () => {
    const requestId = randomUUID();
    const first = await next({ requestId });
    expect(await next({ requestId })).toMatchObject({ booking: first['booking'] });
    expect(await next({ requestId, minutes: 60 })).toMatchObject({ __typename: 'RequestIdReused' });
  });

  it('gives each of twenty members who ask at once a window of their own, and no time is wasted', async () => {
    const members = await Promise.all(Array.from({ length: 20 }, () => aMember(app, scene.coop)));
    const answers = await Promise.all(members.map((member) => next({ minutes: 30 }, member)));
    const starts = answers.map((answer) => (answer['booking'] as { fromAt: string }).fromAt).sort();
    const expected = Array.from({ length: 20 }, (_, index) =>
      new Date(Date.parse(NOW) + index * 30 * 60_000).toISOString(),
    );
    expect(starts).toEqual(expected);
    await nothingIsWrong(scene);
  });
});

describe('nextFree', () => {
  it('names windows that can then be held', async () => {
    await aHold(app, scene.member, scene.cell, [at('09:00'), at('11:00')]);
    const query = `query ($coopId: ID!, $cellId: ID!, $minutes: Int!, $limit: Int) {
      nextFree(coopId: $coopId, cellId: $cellId, minutes: $minutes, limit: $limit) { stationId fromAt toAt } }`;
    const { coopId, cellId } = scene.cell;
    const ask = (minutes: number, limit = 3) =>
      app.gql<{ nextFree: { fromAt: string; toAt: string }[] }>(
        query,
        { coopId, cellId, minutes, limit },
        scene.member,
      );
    const { nextFree } = await ask(120);
    expect(nextFree.map(({ fromAt }) => fromAt.slice(11, 16))).toEqual(['11:00', '13:00', '15:00']);
    for (const { fromAt, toAt } of nextFree.slice(0, 2))
      await aHold(app, scene.member, scene.cell, [fromAt, toAt]);
    await expect(ask(120, 21)).rejects.toThrow('BAD_USER_INPUT');
    await expect(ask(0)).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('explainPrice', () => {
  it('tells the price, its lines and the station before, and holds nothing', async () => {
    const query = `query ($coopId: ID!, $cellId: ID!, $fromAt: Instant!, $toAt: Instant!) {
      explainPrice(coopId: $coopId, cellId: $cellId, fromAt: $fromAt, toAt: $toAt) { __typename
        ... on PriceExplained { stationId because changeoverMinutes totalMinor currency lines { code minutes amountMinor } }
        ... on Refusal { message } } }`;
    const { coopId, cellId, stationIds } = scene.cell;
    const explain = (fromAt: string, toAt: string, who: { token: string } = scene.member): Promise<unknown> =>
      app.gql(query, { coopId, cellId, fromAt: at(fromAt), toAt: at(toAt) }, who);
    expect(await explain('09:00', '11:00')).toEqual({
      explainPrice: {
        ...{ __typename: 'PriceExplained', stationId: stationIds[0], changeoverMinutes: 0 },
        ...{ because: 'Station 1 can take the window.', totalMinor: '4800', currency: 'EUR' },
        lines: [{ code: 'base', minutes: 120, amountMinor: '4800' }],
      },
    });
    expect(await app.database.query('select 1 from booking where coop_id = $1', [coopId])).toEqual([]);
    await aHold(app, scene.member, scene.cell, [at('09:00'), at('11:00')]);
    expect(await explain('09:00', '11:00')).toMatchObject({ explainPrice: { __typename: 'SlotTaken' } });
    expect(await explain('03:00', '04:00')).toMatchObject({ explainPrice: { __typename: 'WindowInPast' } });
  });
});

describe('a dead hold', () => {
  it('stands in nobody’s way from the very moment it lapses, and not a moment before', async () => {
    const window = [at('09:00'), at('19:00')] as const;
    await app.database.query('update cell set max_minutes = 600 where id = $1', [scene.cell.cellId]);
    await aHold(app, scene.member, scene.cell, window);
    await app.clock.step(15 * 60_000 - 1);
    const colleague = await aMember(app, scene.coop);
    expect(await next({ notBefore: at('09:00') }, colleague)).toMatchObject({
      booking: { fromAt: '2026-11-19T07:00:00.000Z' },
    });
    await app.clock.step(1);
    const fresh = { token: await signedIn(app, colleague.email) };
    expect((await askForSlot(app, fresh, scene.cell, window)).__typename).toBe('SlotHeld');
    await nothingIsWrong(scene);
  });
});

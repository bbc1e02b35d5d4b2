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
import { aCell, aHold, aWorkshop, askForSlot, type TestCell } from '../../support/builders/workshops.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  cell = await aCell(app, await aWorkshop(app, coop));
});

describe('holdSlot', () => {
  it('holds a window for fifteen minutes at the frozen hourly rate', async () => {
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE);
    expect(hold).toMatchObject({ state: 'HELD', priceMinor: '4800', expiresAt: '2026-11-18T08:15:00.000Z' });
    expect(cell.stationIds).toContain(hold.station.id);
  });

  it('is of the same cell and station whatever letters their ids are written in', async () => {
    const [stationId = ''] = cell.stationIds;
    const inCapitals = { coopId: coop.coopId.toUpperCase(), cellId: cell.cellId.toUpperCase() };
    const { holdSlot } = await app.gql<{ holdSlot: object }>(
      `mutation ($input: HoldSlotInput!) { holdSlot(input: $input) { ... on SlotHeld { booking { state cell { id } station { id } } } } }`,
      {
        input: {
          ...{ ...inCapitals, stationId: stationId.toUpperCase(), requestId: randomUUID() },
          ...{ fromAt: TEN_TO_TWELVE[0], toAt: TEN_TO_TWELVE[1] },
        },
      },
      member,
    );
    expect(holdSlot).toEqual({
      booking: { state: 'HELD', cell: { id: cell.cellId }, station: { id: stationId } },
    });
    const { explainPrice } = await app.gql<{ explainPrice: object }>(
      `{ explainPrice(coopId: "${inCapitals.coopId}", cellId: "${inCapitals.cellId}", fromAt: "${TEN_TO_TWELVE[0]}",
         toAt: "${TEN_TO_TWELVE[1]}") { __typename } }`,
      {},
      member,
    );
    expect(explainPrice).toEqual({ __typename: 'PriceExplained' });
  });

  it('chooses the station that leaves the calendar least fragmented', async () => {
    const first = await aHold(app, member, cell, TEN_TO_TWELVE);
    const other = cell.stationIds.find((id) => id !== first.station.id);
    expect(other).toBeDefined();
    const next = await aHold(app, member, cell, ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z']);
    expect(next.station.id).toBe(first.station.id);
    const same = await aHold(app, member, cell, TEN_TO_TWELVE);
    expect(same.station.id).toBe(other);
  });

  it('says from when the same length is free when every station is taken', async () => {
    const stationId = cell.stationIds[0];
    await aHold(app, member, cell, TEN_TO_TWELVE, { stationId });
    const taken = await askForSlot(app, member, cell, ['2026-11-18T10:00:00Z', '2026-11-18T11:30:00Z'], {
      stationId,
    });
    expect(taken).toMatchObject({ __typename: 'SlotTaken', freeFrom: '2026-11-18T11:00:00.000Z' });
  });

  it('takes a slot whose hold has lapsed to the millisecond', async () => {
    const stationId = cell.stationIds[0];
    const dead = await aHold(app, member, cell, TEN_TO_TWELVE, { stationId });
    await app.clock.step(15 * 60_000 - 1);
    const stranger = await aMember(app, coop);
    expect(await askForSlot(app, stranger, cell, TEN_TO_TWELVE, { stationId })).toMatchObject({
      __typename: 'SlotTaken',
    });
    await app.clock.step(1);
    await aHold(app, stranger, cell, TEN_TO_TWELVE, { stationId });
    const rows = await app.database.query('select state from booking where id = $1', [dead.id]);
    expect(rows).toEqual([{ state: 'lapsed' }]);
  });

  it('counts the limit of holds by time, not by state', async () => {
    for (const hour of ['12', '13', '14'])
      await aHold(app, member, cell, [`2026-11-18T${hour}:00:00Z`, `2026-11-18T${hour}:30:00Z`]);
    expect(await askForSlot(app, member, cell, TEN_TO_TWELVE)).toMatchObject({
      __typename: 'HoldLimitReached',
      limit: 3,
    });
    await app.clock.step(15 * 60_000);
    const held = await app.database.query("select 1 from booking where account_id = $1 and state = 'held'", [
      member.accountId,
    ]);
    expect(held).toHaveLength(3);
    await aHold(app, { token: await signedIn(app, member.email) }, cell, TEN_TO_TWELVE);
  });

  it('refuses a price above the most that the member would pay', async () => {
    expect(await askForSlot(app, member, cell, TEN_TO_TWELVE, { maxPriceMinor: '4799' })).toMatchObject({
      __typename: 'PriceAboveMax',
      maxPrice: '4800',
    });
    expect(await askForSlot(app, member, cell, TEN_TO_TWELVE, { maxPriceMinor: '-1' })).toMatchObject({
      __typename: 'PriceAboveMax',
    });
    await aHold(app, member, cell, TEN_TO_TWELVE, { maxPriceMinor: '4800' });
  });

  it('answers the same request after the hold lapsed with the dead hold, and claims nothing again', async () => {
    const input = { requestId: randomUUID(), stationId: cell.stationIds[0] };
    const hold = await aHold(app, member, cell, TEN_TO_TWELVE, input);
    await app.clock.step(15 * 60_000);
    const who = { token: await signedIn(app, member.email) };
    expect(await aHold(app, who, cell, TEN_TO_TWELVE, input)).toEqual({ ...hold, state: 'LAPSED' });
    await aHold(app, await aMember(app, coop), cell, TEN_TO_TWELVE, { stationId: cell.stationIds[0] });
    expect(await aHold(app, who, cell, TEN_TO_TWELVE, input)).toEqual({ ...hold, state: 'LAPSED' });
  });

  it('answers the same request with the same hold and refuses the id for another window', async () => {
    const requestId = randomUUID();
    const first = await aHold(app, member, cell, TEN_TO_TWELVE, { requestId });
    expect(await aHold(app, member, cell, TEN_TO_TWELVE, { requestId })).toEqual(first);
    const reused = await askForSlot(app, member, cell, ['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z'], {
      requestId,
    });
    expect(reused.__typename).toBe('RequestIdReused');
    const rows = await app.database.query('select 1 from booking where account_id = $1', [member.accountId]);
    expect(rows).toHaveLength(1);
  });

  it('stores nothing when it refuses, so that the same request can be tried again', async () => {
    const requestId = randomUUID();
    const early = await askForSlot(app, member, cell, ['2026-11-18T05:00:00Z', '2026-11-18T06:00:00Z'], {
      requestId,
    });
    expect(early.__typename).toBe('WindowInPast');
    const rows = await app.database.query('select 1 from request where request_id = $1', [requestId]);
    expect(rows).toHaveLength(0);
    await aHold(app, member, cell, TEN_TO_TWELVE, { requestId });
  });
});

describe('bad input', () => {
  it('refuses a window that ends before it starts', async () => {
    const answer = await askForSlot(app, member, cell, [TEN_TO_TWELVE[1], TEN_TO_TWELVE[0]]);
    expect(answer).toMatchObject({ __typename: 'WindowInvalid', reason: 'ENDS_BEFORE_START' });
  });

  it('refuses a window in the past', async () => {
    const answer = await askForSlot(app, member, cell, ['2026-11-18T07:30:00Z', '2026-11-18T09:00:00Z']);
    expect(answer.__typename).toBe('WindowInPast');
  });

  it('refuses a window across a closing hour and says when it is open next', async () => {
    const answer = await askForSlot(app, member, cell, ['2026-11-18T18:00:00Z', '2026-11-18T20:00:00Z']);
    expect(answer).toMatchObject({
      __typename: 'OutsideOpeningHours',
      nextOpenAt: '2026-11-19T07:00:00.000Z',
    });
  });

  it('refuses a window off the grid and one longer than the cell allows', async () => {
    const off = await askForSlot(app, member, cell, ['2026-11-18T09:10:00Z', '2026-11-18T10:00:00Z']);
    expect(off).toMatchObject({ __typename: 'WindowInvalid', reason: 'OFF_GRID' });
    const long = await askForSlot(app, member, cell, ['2026-11-18T09:00:00Z', '2026-11-18T18:00:00Z']);
    expect(long).toMatchObject({ __typename: 'WindowInvalid', reason: 'TOO_LONG' });
  });

  it('refuses a day that no calendar has instead of holding the day after', async () => {
    for (const day of ['2026-11-31', '2027-02-29'])
      await expect(askForSlot(app, member, cell, [`${day}T09:00:00Z`, `${day}T10:00:00Z`])).rejects.toThrow(
        'BAD_USER_INPUT',
      );
  });

  it('refuses a window at either end of time as no instant', async () => {
    for (const year of ['0000', '9999'])
      expect(
        await askForSlot(app, member, cell, [`${year}-12-31T09:00:00Z`, `${year}-12-31T10:00:00Z`]),
      ).toMatchObject({ __typename: 'WindowInvalid', reason: 'NOT_AN_INSTANT' });
  });

  it("finds neither another co-op's cell nor another cell's station nor an id that is none", async () => {
    const foreign = await aCoop(app);
    const foreignCell = await aCell(app, await aWorkshop(app, foreign));
    const crossed = { coopId: coop.coopId, cellId: foreignCell.cellId };
    expect(await askForSlot(app, member, crossed, TEN_TO_TWELVE)).toMatchObject({ __typename: 'NotFound' });
    const stationId = foreignCell.stationIds[0];
    expect(await askForSlot(app, member, cell, TEN_TO_TWELVE, { stationId })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await askForSlot(app, member, { ...cell, cellId: 'no-uuid' }, TEN_TO_TWELVE)).toMatchObject({
      __typename: 'NotFound',
    });
  });

  it("does not let a member of one co-op hold another's slot", async () => {
    const stranger = await aMember(app, await aCoop(app));
    await expect(askForSlot(app, stranger, cell, TEN_TO_TWELVE)).rejects.toThrow('FORBIDDEN');
  });

  it('refuses a requestId that is no UUID', async () => {
    await expect(askForSlot(app, member, cell, TEN_TO_TWELVE, { requestId: 'again' })).rejects.toThrow(
      'BAD_USER_INPUT',
    );
  });
});

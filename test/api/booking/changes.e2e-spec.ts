import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn } from '../../support/builders/membership.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import { aCell, aHold, aWorkshop, askForSlot, changeClaim } from '../../support/builders/workshops.js';
import { aBooking, note, nothingIsWrong, owed, setPolicy, type Scene } from './scene.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;
const NEXT_DAY = { fromAt: '2026-11-19T09:00:00Z', toAt: '2026-11-19T10:00:00Z' };
const MINUTE = 60_000;

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

const of = (bookingId: string): { coopId: string; bookingId: string } => ({
  coopId: scene.coop.coopId,
  bookingId,
});
const booked = (window: readonly [string, string] = TEN_TO_TWELVE): Promise<string> =>
  aBooking(scene, window);

const later = async (ms: number): Promise<{ token: string }> => {
  await app.clock.step(ms);
  return { token: await signedIn(app, scene.member.email) };
};

const rows = (): Promise<{ id: string; state: string }[]> =>
  app.database.query('select id, state from booking where coop_id = $1 order by id', [scene.coop.coopId]);

describe('extendHold', () => {
  it('lets a hold last fifteen minutes longer than it would, once, to the millisecond', async () => {
    const hold = await aHold(app, scene.member, scene.cell, TEN_TO_TWELVE);
    const extended = await changeClaim(app, scene.member, 'extendHold', of(hold.id), 'id state expiresAt');
    expect(extended).toMatchObject({
      __typename: 'HoldExtended',
      booking: { id: hold.id, expiresAt: '2026-11-18T08:30:00.000Z' },
    });
    expect((await changeClaim(app, scene.member, 'extendHold', of(hold.id))).__typename).toBe('CannotExtend');
    const who = await later(30 * MINUTE - 1);
    const stranger = await aMember(app, scene.coop);
    expect((await askForSlot(app, stranger, scene.cell, TEN_TO_TWELVE)).__typename).toBe('SlotTaken');
    await app.clock.step(1);
    expect((await changeClaim(app, who, 'extendHold', of(hold.id))).__typename).toBe('HoldLapsed');
    await aHold(app, stranger, scene.cell, TEN_TO_TWELVE);
    await nothingIsWrong(scene);
  });

  it('refuses a booking, and answers the same request with the same hold', async () => {
    const id = await booked();
    expect((await changeClaim(app, scene.member, 'extendHold', of(id))).__typename).toBe('NotHeld');
    const hold = await aHold(app, scene.member, scene.cell, ['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z']);
    const input = { ...of(hold.id), requestId: randomUUID() };
    const first = await changeClaim(app, scene.member, 'extendHold', input, 'id expiresAt');
    expect(await changeClaim(app, scene.member, 'extendHold', input, 'id expiresAt')).toEqual(first);
  });
});

describe('rescheduleBooking', () => {
  const move = (bookingId: string, input: object = NEXT_DAY) =>
    changeClaim(
      app,
      scene.member,
      'rescheduleBooking',
      { ...of(bookingId), ...input },
      'id state fromAt priceMinor chargedMinor',
    );

  it('gives up the old window for the new one, and charges the fee and the new price', async () => {
    await setPolicy(scene);
    const id = await booked(['2026-11-18T12:00:00Z', '2026-11-18T14:00:00Z']);
    const moved = await move(id);
    expect(moved).toMatchObject({
      __typename: 'BookingRescheduled',
      booking: { state: 'CONFIRMED', fromAt: '2026-11-19T09:00:00.000Z', chargedMinor: '2400' },
    });
    expect(await rows()).toEqual([
      { id, state: 'moved' },
      { id: moved.booking?.id, state: 'confirmed' },
    ]);
    // Half of 48.00 for the notice of four hours, and 24.00 for the new hour.
    expect(await owed(scene)).toBe('4800');
    await nothingIsWrong(scene);
  });

  it('keeps the prepaid minutes of a window that is given up too late, and uses others for the new one', async () => {
    await setPolicy(scene);
    const packId = await aCreditPack(app, scene.coop, { minutes: 180, priceMinor: 18_000n });
    const grantId = await someCredits(app, scene.coop, scene.member, packId);
    const id = await aBooking(scene, TEN_TO_TWELVE, { useCredits: true });
    const moved = await move(id);
    expect(moved).toMatchObject({ __typename: 'BookingRescheduled', booking: { chargedMinor: '0' } });
    const used = (): Promise<object[]> =>
      app.database.query('select spent_minutes as spent from credit_grant where id = $1', [grantId]);
    expect(await used()).toEqual([{ spent: 180 }]);
    // With a day of notice they come back, and are used again for as long as there are any.
    await move(moved.booking?.id ?? '', { fromAt: '2026-11-20T09:00:00Z', toAt: '2026-11-20T11:00:00Z' });
    expect(await used()).toEqual([{ spent: 180 }]);
    // 180.00 for the pack, and 24.00 for the hour that it did not reach for.
    expect(await owed(scene)).toBe('20400');
    await nothingIsWrong(scene);
  });

  it('may overlap the window that it gives up', async () => {
    const id = await booked();
    expect(await move(id, { fromAt: '2026-11-18T10:00:00Z', toAt: '2026-11-18T12:00:00Z' })).toMatchObject({
      __typename: 'BookingRescheduled',
    });
    expect(await owed(scene)).toBe('4800');
  });

  it('keeps the old one, untouched, when the new one cannot be had', async () => {
    const id = await booked();
    const other = await aMember(app, scene.coop);
    await aHold(app, other, scene.cell, [NEXT_DAY.fromAt, NEXT_DAY.toAt]);
    const before = await app.database.query('select * from booking where id = $1', [id]);
    expect((await move(id)).__typename).toBe('SlotTaken');
    expect(
      (await move(id, { fromAt: '2026-11-19T02:00:00Z', toAt: '2026-11-19T03:00:00Z' })).__typename,
    ).toBe('OutsideOpeningHours');
    expect((await move(id, { ...NEXT_DAY, fromAt: '2026-11-19T10:00:00Z' })).__typename).toBe(
      'WindowInvalid',
    );
    expect(await app.database.query('select * from booking where id = $1', [id])).toEqual(before);
    expect(await owed(scene)).toBe('4800');
    await nothingIsWrong(scene);
  });

  it('moves a hold with the time that it has left, and its one extension', async () => {
    const hold = await aHold(app, scene.member, scene.cell, TEN_TO_TWELVE);
    await changeClaim(app, scene.member, 'extendHold', of(hold.id));
    const who = await later(20 * MINUTE);
    const input = { ...of(hold.id), ...NEXT_DAY };
    const moved = await changeClaim(app, who, 'rescheduleBooking', input, 'id state expiresAt');
    expect(moved.booking).toMatchObject({ state: 'HELD', expiresAt: '2026-11-18T08:30:00.000Z' });
    expect((await changeClaim(app, who, 'extendHold', of(moved.booking?.id ?? ''))).__typename).toBe(
      'CannotExtend',
    );
    await nothingIsWrong(scene);
  });

  it('answers the same request with the same new booking, and moves once', async () => {
    const id = await booked();
    const input = { ...of(id), ...NEXT_DAY, requestId: randomUUID() };
    const first = await changeClaim(app, scene.member, 'rescheduleBooking', input);
    expect(await changeClaim(app, scene.member, 'rescheduleBooking', input)).toEqual(first);
    expect(await rows()).toHaveLength(2);
  });

  it("finds no colleague's booking, and is too late once the booking has started", async () => {
    const id = await booked();
    const colleague = await aMember(app, scene.coop);
    const input = { ...of(id), ...NEXT_DAY };
    expect((await changeClaim(app, colleague, 'rescheduleBooking', input)).__typename).toBe('NotFound');
    const who = await later(60 * MINUTE);
    expect((await changeClaim(app, who, 'rescheduleBooking', input)).__typename).toBe('TooLateToCancel');
  });
});

describe('markNoShow', () => {
  it('frees the rest of the window after the time of grace, and costs what the policy says', async () => {
    await setPolicy(scene);
    const id = await booked();
    await app.clock.step(80 * MINUTE - 1);
    const early = await aMember(app, scene.coop, ['operator']);
    expect((await changeClaim(app, early, 'markNoShow', of(id))).__typename).toBe('TooEarlyForNoShow');
    await app.clock.step(1);
    const operator = await aMember(app, scene.coop, ['operator']);
    expect(await changeClaim(app, operator, 'markNoShow', of(id), 'id state chargedMinor')).toEqual({
      __typename: 'NoShowMarked',
      booking: { id, state: 'NO_SHOW', chargedMinor: '3840' },
    });
    await aHold(app, await aMember(app, scene.coop), scene.cell, [
      '2026-11-18T09:30:00Z',
      '2026-11-18T11:00:00Z',
    ]);
    expect(await owed(scene)).toBe('3840');
    await nothingIsWrong(scene);
  });

  it('is refused when work has begun', async () => {
    const id = await booked();
    await app.clock.step(50 * MINUTE);
    const operator = await aMember(app, scene.coop, ['operator']);
    await note(scene, operator, 'checkIn', id);
    await app.clock.step(100 * MINUTE);
    const again = { token: await signedIn(app, operator.email) };
    expect((await changeClaim(app, again, 'markNoShow', of(id))).__typename).toBe('WorkHasBegun');
  });
});

describe('the history of a booking', () => {
  it('tells what happened in the order of its numbers, and by whom', async () => {
    const hold = await aHold(app, scene.member, scene.cell, TEN_TO_TWELVE);
    await changeClaim(app, scene.member, 'extendHold', of(hold.id));
    await changeClaim(app, scene.member, 'confirmBooking', of(hold.id));
    await app.clock.step(80 * MINUTE);
    const operator = await aMember(app, scene.coop, ['operator']);
    await changeClaim(app, operator, 'markNoShow', of(hold.id));
    const query = `query ($coopId: ID!, $id: ID!, $after: String) { booking(coopId: $coopId, id: $id) {
      history(first: 3, after: $after) { edges { node { kind by sequence } } pageInfo { hasNextPage endCursor } } } }`;
    const variables = { coopId: scene.coop.coopId, id: hold.id };
    interface Page {
      booking: { history: { edges: { node: { sequence: string } }[]; pageInfo: { endCursor: string } } };
    }
    const first = await app.gql<Page>(query, variables, operator);
    const { endCursor } = first.booking.history.pageInfo;
    const second = await app.gql<Page>(query, { ...variables, after: endCursor }, operator);
    const told = [first, second].flatMap(({ booking }) => booking.history.edges.map(({ node }) => node));
    expect(told).toMatchObject([
      { kind: 'HELD', by: 'MEMBER' },
      { kind: 'EXTENDED', by: 'MEMBER' },
      { kind: 'CONFIRMED', by: 'MEMBER' },
      { kind: 'NO_SHOW', by: 'WORKSHOP' },
    ]);
    const numbers = told.map(({ sequence }) => Number(sequence));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });
});

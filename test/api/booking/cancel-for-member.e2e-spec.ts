import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import { aCoop, aMember, signedIn, type TestMember } from '../../support/builders/membership.js';
import { aPlace, entriesOf } from '../../support/builders/waiting-list.js';
import { aCell, aHold, aWorkshop } from '../../support/builders/workshops.js';
import { mailsTo, nextMail } from '../../support/mail.js';
import { mutate, type Answer } from '../workshops/mutate.js';
import { aBooking, note, nothingIsWrong, owed, setPolicy, type Scene } from './scene.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';
const TEN_TO_TWELVE = ['2026-11-18T09:00:00Z', '2026-11-18T11:00:00Z'] as const;
const REASON = 'The chief of the fire brigade visits';
const SUBJECT = 'was cancelled by the workshop';

let app: TestApp;
let scene: Scene;
let operator: TestMember;

beforeAll(async () => {
  app = await startTestApp({ worker: true });
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  scene = { app, coop, cell, member: await aMember(app, coop) };
  operator = await aMember(app, coop, ['operator']);
  await setPolicy(scene);
});

const cancel = (bookingId: string, input: object = {}, who: { token: string } = operator): Promise<Answer> =>
  mutate(
    app,
    who,
    'cancelForMember',
    'BookingCancelled { feeMinor waivedBecause sequence booking { state chargedMinor } }',
    { coopId: scene.coop.coopId, bookingId, reason: REASON, requestId: randomUUID(), ...input },
  );
const noticesOf = (accountId: string): Promise<object[]> =>
  app.database.query('select kind, title, body from notice where account_id = $1', [accountId]);
const stateOf = async (id: string): Promise<unknown> =>
  (await app.database.query<{ state: string }>('select state from booking where id = $1', [id]))[0]?.state;

describe('cancelling the booking of a member', () => {
  it('costs the member nothing at the last moment, and tells them why in the pages and by mail', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    expect(await cancel(id)).toMatchObject({
      ...{ __typename: 'BookingCancelled', feeMinor: '0', sequence: expect.stringMatching(/^\d+$/) },
      ...{ waivedBecause: expect.stringContaining('workshop') },
      booking: { state: 'CANCELLED', chargedMinor: '0' },
    });
    expect(await owed(scene)).toBe('0');
    expect(await noticesOf(scene.member.accountId)).toEqual([
      {
        kind: 'booking_cancelled',
        title: expect.stringContaining(SUBJECT),
        body: expect.stringContaining(REASON),
      },
    ]);
    expect((await nextMail(app, scene.member.email, SUBJECT)).text).toContain(REASON);
    await nothingIsWrong(scene);
  });

  it('gives prepaid minutes back that the notice would have cost', async () => {
    const packId = await aCreditPack(app, scene.coop, { minutes: 120, priceMinor: 12_000n });
    const grantId = await someCredits(app, scene.coop, scene.member, packId);
    const id = await aBooking(scene, TEN_TO_TWELVE, { useCredits: true });
    await cancel(id);
    expect(
      await app.database.query('select spent_minutes as spent from credit_grant where id = $1', [grantId]),
    ).toEqual([{ spent: 0 }]);
    await nothingIsWrong(scene);
  });

  it('stands in the history of the booking as done by the workshop', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    await cancel(id);
    const query = `query ($coopId: ID!, $id: ID!) { booking(coopId: $coopId, id: $id) {
      history(first: 10) { edges { node { kind by } } } } }`;
    const seen = await app.gql<{ booking: { history: { edges: { node: object }[] } } }>(
      query,
      { coopId: scene.coop.coopId, id },
      scene.member,
    );
    expect(seen.booking.history.edges.map(({ node }) => node)).toEqual([
      { kind: 'HELD', by: 'MEMBER' },
      { kind: 'CONFIRMED', by: 'MEMBER' },
      { kind: 'CANCELLED', by: 'WORKSHOP' },
    ]);
  });

  it('works for a member who has been removed', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    const { coopId, admin } = scene.coop;
    const input = { coopId, accountId: scene.member.accountId };
    const removed = await mutate(app, admin, 'removeMember', 'MemberRemoved { __typename }', input, '');
    expect(removed.__typename).toBe('MemberRemoved');
    expect((await cancel(id)).__typename).toBe('BookingCancelled');
    expect(await owed(scene)).toBe('0');
    expect((await nextMail(app, scene.member.email, SUBJECT)).text).toContain(REASON);
    await nothingIsWrong(scene);
  });

  it('offers the window to who waits for it in the same transaction', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    const waiting = await aMember(app, scene.coop);
    await aPlace(app, waiting, scene.cell, TEN_TO_TWELVE);
    await cancel(id);
    expect((await entriesOf(app, waiting, scene.coop.coopId))[0]).toMatchObject({ state: 'OFFERED' });
  });

  it('happens once for the same request, and refuses its id for another reason', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    const requestId = randomUUID();
    await cancel(id, { requestId });
    expect(await cancel(id, { requestId })).toMatchObject({ __typename: 'BookingCancelled', feeMinor: '0' });
    expect(await cancel(id, { requestId, reason: 'Other' })).toMatchObject({ __typename: 'RequestIdReused' });
    expect(await noticesOf(scene.member.accountId)).toHaveLength(1);
  });
});

describe('what an operator cannot cancel', () => {
  it('is anything without a reason, and one of their own, whose notice would cost', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    for (const reason of [' ', 'x'.repeat(241)])
      expect(await cancel(id, { reason })).toMatchObject({ __typename: 'InputRefused', field: 'reason' });
    expect(await stateOf(id)).toBe('confirmed');
    const own = await aBooking({ ...scene, member: operator }, [
      '2026-11-18T12:00:00Z',
      '2026-11-18T13:00:00Z',
    ]);
    expect(await cancel(own)).toMatchObject({ __typename: 'InputRefused', field: 'bookingId' });
    expect([await stateOf(own), await owed({ ...scene, member: operator })]).toEqual(['confirmed', '2400']);
  });

  it('is a hold, what is checked in, and what has begun', async () => {
    const hold = await aHold(app, scene.member, scene.cell, ['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z']);
    expect(await cancel(hold.id)).toMatchObject({
      ...{ __typename: 'NotConfirmed', message: expect.stringContaining('lapses by itself') },
    });
    const begun = await aBooking(scene, TEN_TO_TWELVE);
    const next = await aBooking(scene, ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z']);
    await app.clock.step(50 * 60_000);
    operator = { ...operator, token: await signedIn(app, operator.email) };
    await note(scene, operator, 'checkIn', begun);
    expect((await cancel(begun)).__typename).toBe('TooLateToCancel');
    await app.clock.step(130 * 60_000);
    operator = { ...operator, token: await signedIn(app, operator.email) };
    expect((await cancel(next)).__typename).toBe('TooLateToCancel');
    expect(await noticesOf(scene.member.accountId)).toEqual([]);
    expect(mailsTo(app, scene.member.email).filter(({ subject }) => subject.includes(SUBJECT))).toEqual([]);
    await nothingIsWrong(scene);
  });

  it('is a booking of another co-op, and nothing at all for a member', async () => {
    const id = await aBooking(scene, TEN_TO_TWELVE);
    const elsewhere = await aCoop(app);
    expect(await cancel(id, { coopId: elsewhere.coopId }, elsewhere.admin)).toMatchObject({
      __typename: 'NotFound',
    });
    const other = await aMember(app, scene.coop);
    await expect(cancel(id, {}, other)).rejects.toThrow('FORBIDDEN');
    expect(await stateOf(id)).toBe('confirmed');
    expect((await cancel(id, {}, scene.coop.admin)).__typename).toBe('BookingCancelled');
  });
});

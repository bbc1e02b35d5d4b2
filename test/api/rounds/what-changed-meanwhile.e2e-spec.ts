import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_TARIFF } from '@touchmark/pricing';
import { CHECKS } from '../../../apps/api/src/all-checks.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aTariff, linesOf, pricedBooking } from '../../support/builders/pricing.js';
import { aRound, askOfRound, drawn, passDeadline, showRound } from '../../support/builders/rounds.js';
import {
  aCell,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { mutate } from '../workshops/mutate.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let chain: OwnChain;
let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let cell: TestCell;
let now: number;

beforeAll(async () => {
  chain = await createOwnChain();
  app = await startTestApp({ chain, worker: true });
});
afterAll(async () => {
  await app.stop();
  await chain.close();
});
beforeEach(async () => {
  coop = await aCoop(app);
  member = await aMember(app, coop);
  cell = await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC' }), { stations: 2 });
  now = (await app.clock.now()).getTime();
});

/** Tokens are short-lived, and the clock leaps here. */
async function renew(): Promise<void> {
  const fresh = async <One extends TestMember>(one: One): Promise<One> => ({
    ...one,
    token: await signedIn(app, one.email),
  });
  member = await fresh(member);
  coop = { ...coop, admin: await fresh(coop.admin) };
}
async function violated(): Promise<unknown[]> {
  const found = await Promise.all(
    CHECKS.map(async (check) => [
      check.name,
      await check.find((text, values = []) => app.database.query(text, values)),
    ]),
  );
  return found.filter(([, rows]) => (rows as unknown[]).length > 0);
}
const at = (hours: number): string =>
  new Date((Math.floor(now / DAY) + 3) * DAY + hours * HOUR).toISOString();
const takeOut = (stationId: string | undefined): Promise<{ __typename: string }> =>
  mutate(app, coop.admin, 'takeOutOfService', 'StationTakenOut { closure { id } }', {
    ...{ coopId: coop.coopId, stationId, fromAt: at(7), toAt: at(11), reason: 'Broken' },
    requestId: randomUUID(),
  });

describe('a round whose station is taken out of service', () => {
  it('gives its slot out on the station to which it was moved, before and after the draw', async () => {
    const [first, second] = cell.stationIds;
    const deadlineAt = new Date(now + HOUR).toISOString();
    const slots = [{ fromAt: at(8), toAt: at(10), stationId: first }];
    const round = await aRound(app, coop.admin, cell, [], { deadlineAt, slots });
    await askOfRound(app, member, coop.coopId, round.id, 1);
    expect((await takeOut(first)).__typename).toBe('StationTakenOut');
    const open = await showRound(app, member, coop.coopId, round.id);
    expect(open.slots).toMatchObject([{ stationId: second, fromAt: at(8), toAt: at(10) }]);
    expect(await violated()).toEqual([]);

    await passDeadline(app, round);
    await renew();
    const [slot] = (await drawn(app, member, coop.coopId, round)).slots;
    expect(slot).toMatchObject({ stationId: second, yours: true, bookingId: expect.any(String) as unknown });
    expect((await askForSlot(app, coop.admin, cell, [at(8), at(10)])).__typename).toBe('SlotTaken');
    const input = { coopId: coop.coopId, bookingId: slot?.bookingId ?? '' };
    expect((await changeClaim(app, member, 'confirmBooking', input)).__typename).toBe('BookingConfirmed');
    expect(await violated()).toEqual([]);
  });

  it('leaves a win as it is when the winner is moved to another station', async () => {
    const [first, second] = cell.stationIds;
    const deadlineAt = new Date(now + HOUR).toISOString();
    const slots = [{ fromAt: at(8), toAt: at(10), stationId: first }];
    const round = await aRound(app, coop.admin, cell, [], { deadlineAt, slots });
    await askOfRound(app, member, coop.coopId, round.id, 1);
    await passDeadline(app, round);
    await renew();
    const [slot] = (await drawn(app, member, coop.coopId, round)).slots;
    expect((await takeOut(first)).__typename).toBe('StationTakenOut');
    const [moved] = await app.database.query<{ station_id: string }>(
      'SELECT station_id FROM booking WHERE id = $1',
      [slot?.bookingId],
    );
    expect(moved?.station_id).toBe(second);
    expect(await violated()).toEqual([]);
  });
});

describe('a winner who needs an induction by the time of the draw', () => {
  it('is given no hold without it, and is told', async () => {
    const deadlineAt = new Date(now + HOUR).toISOString();
    const round = await aRound(app, coop.admin, cell, [[at(8), at(10)]], { deadlineAt });
    await askOfRound(app, member, coop.coopId, round.id, 1);
    const requirement = { coopId: coop.coopId, cellKind: 'print', howToGet: 'Ask in the workshop.' };
    const set = 'InductionRequirementSet { cellKind }';
    expect((await mutate(app, coop.admin, 'setInductionRequirement', set, requirement)).__typename).toBe(
      'InductionRequirementSet',
    );
    await passDeadline(app, round);
    await renew();
    const [slot] = (await drawn(app, member, coop.coopId, round)).slots;
    expect(slot).toMatchObject({ yours: true, bookingId: null });
    const [told] = await app.database.query<{ body: string }>(
      "SELECT body FROM notice WHERE account_id = $1 AND kind = 'round_won'",
      [member.accountId],
    );
    expect(told?.body).toContain('your induction');
    expect(await violated()).toEqual([]);
  });
});

describe('the price of a win', () => {
  it('counts no slot as booked that nobody won, whatever its number', async () => {
    const utilisation = [{ atPercent: 10, percent: 150 }];
    await aTariff(
      app,
      coop.admin,
      { coopId: coop.coopId },
      { load: { ...NO_TARIFF.load, enabled: true, utilisation } },
    );
    const deadlineAt = new Date(now + HOUR).toISOString();
    const windows = [8, 10, 12].map((hour) => [at(hour), at(hour + 2)] as const);
    const round = await aRound(app, coop.admin, cell, windows, { deadlineAt });
    await askOfRound(app, member, coop.coopId, round.id, 1);
    await passDeadline(app, round);
    await renew();
    const [slot] = (await drawn(app, member, coop.coopId, round)).slots;
    const won = await pricedBooking(app, member, coop.coopId, slot?.bookingId ?? '');
    expect(linesOf(won)).toEqual([['base', 120, '4800']]);
  });
});

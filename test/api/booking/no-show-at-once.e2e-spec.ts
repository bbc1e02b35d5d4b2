import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn, type TestMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop, changeClaim } from '../../support/builders/workshops.js';
import { tries } from '../../support/proof.js';
import { seeded } from '../model/workload.js';
import { aBooking, note, nothingIsWrong, setPolicy, type Scene } from './scene.js';

const NOW = '2026-11-18T08:00:00.000Z';
const FROM_AT = Date.parse('2026-11-18T09:00:00Z');
const WINDOW = ['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'] as const;
const MINUTE = 60_000;
const SEEDS = Array.from({ length: tries(1, 20) }, (_, index) => index + 1);
const RACES = tries(16, 50);
// An hour costs 33.37, so that a third, a quarter and 29 percent of it are no whole cents.
const PRICE = '3337';

let app: TestApp;
let scene: Scene;
let operator: TestMember;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  const coop = await aCoop(app);
  await app.database.query('update coop set hold_limit = 50 where id = $1', [coop.coopId]);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: RACES, hourlyRateMinor: 3337n });
  operator = await aMember(app, coop, ['operator']);
  scene = { app, coop, cell, member: await aMember(app, coop) };
});

const of = (bookingId: string): { coopId: string; bookingId: string } => ({
  coopId: scene.coop.coopId,
  bookingId,
});

/** A booking for each race, all of one hour, and everybody signed in at the moment of the races. */
async function booked(at: Date): Promise<string[]> {
  const ids: string[] = [];
  for (let race = 0; race < RACES; race += 1) ids.push(await aBooking(scene, WINDOW));
  await app.clock.freeze(at);
  operator = { ...operator, token: await signedIn(app, operator.email) };
  scene = { ...scene, member: { ...scene.member, token: await signedIn(app, scene.member.email) } };
  return ids;
}

/** Starts what races in an order and after as many other requests as the seed says; answers in the order given. */
async function together(draw: () => number, asks: readonly (() => Promise<string>)[]): Promise<string> {
  const answers = asks.map(async (ask) => {
    for (let before = Math.floor(draw() * 6); before > 0; before -= 1) await app.gql('{ __typename }', {});
    return ask();
  });
  return (await Promise.all(answers)).join(' ');
}

const noShow = async (id: string): Promise<string> =>
  (await changeClaim(app, operator, 'markNoShow', of(id))).__typename;
const cancel = async (id: string): Promise<string> =>
  (await changeClaim(app, scene.member, 'cancelBooking', of(id))).__typename;
const checkIn = async (id: string): Promise<string> =>
  (await note(scene, operator, 'checkIn', id)).__typename;
const checkOut = async (id: string): Promise<string> =>
  (await note(scene, operator, 'checkOut', id)).__typename;

/** What became of a booking: its state, what was noted of the work, its charge, and what the ledger says of it. */
async function story(id: string): Promise<string> {
  const [row] = await app.database.query<{ story: string }>(
    `select concat_ws(' ', b.state, case when b.checked_in_at is not null then 'in' end,
        case when b.checked_out_at is not null then 'out' end, b.charged_minor, (
          select coalesce(sum(e.amount_minor), 0) from ledger_transaction t
            join ledger_entry e on e.coop_id = t.coop_id and e.transaction_id = t.id
           where t.coop_id = b.coop_id and t.reference = b.id and e.account = 'member_receivable'),
        (select string_agg(v.kind, ',' order by v.sequence) from booking_event v
          where v.coop_id = b.coop_id and v.booking_id = b.id)) as story
       from booking b where b.id = $1`,
    [id],
  );
  return row?.story ?? 'gone';
}

/** Fails with every race whose answers and story are not one of those that can be. */
function onlyThese(seen: readonly string[], possible: readonly string[]): void {
  expect(seen.filter((own) => !possible.includes(own))).toEqual([]);
}

describe.each(SEEDS)('at once, with seed %i', (seed) => {
  it('either nobody came or somebody is checked in, and only the first costs a third', async () => {
    await setPolicy(scene, { noShowPercent: 33, noShowAfterMinutes: 15 });
    const draw = seeded(seed);
    const seen: string[] = [];
    for (const id of await booked(new Date(FROM_AT + 15 * MINUTE))) {
      const answers = await together(draw, [() => noShow(id), () => checkIn(id)]);
      seen.push(`${answers}: ${await story(id)}`);
    }
    onlyThese(seen, [
      'NoShowMarked NotYet: no_show 1101 1101 held,confirmed,no_show',
      `WorkHasBegun CheckedIn: confirmed in ${PRICE} ${PRICE} held,confirmed,checked_in`,
    ]);
    await nothingIsWrong(scene);
  });

  it('either nobody came or the work was done, and costs a third or the quarter of an hour that it took', async () => {
    await setPolicy(scene, { noShowPercent: 33, noShowAfterMinutes: 15, actualMinutes: 'BOTH' });
    const draw = seeded(seed);
    const seen: string[] = [];
    for (const id of await booked(new Date(FROM_AT + 15 * MINUTE))) {
      const work = async (): Promise<string> => `${await checkIn(id)} ${await checkOut(id)}`;
      const answers = await together(draw, [() => noShow(id), work, () => noShow(id)]);
      seen.push(`${answers}: ${await story(id)}`);
    }
    const lost = 'NotYet NotCheckedIn';
    const nobody = ': no_show 1101 1101 held,confirmed,no_show';
    onlyThese(seen, [
      `NoShowMarked ${lost} NotConfirmed${nobody}`,
      `NotConfirmed ${lost} NoShowMarked${nobody}`,
      'WorkHasBegun CheckedIn CheckedOut WorkHasBegun: confirmed in out 834 834 held,confirmed,checked_in,checked_out',
    ]);
    await nothingIsWrong(scene);
  });

  it('either a booking is cancelled in its last millisecond or nobody came in its first, never both', async () => {
    await setPolicy(scene, {
      noShowPercent: 33,
      noShowAfterMinutes: 0,
      cancelTiers: [{ noticeHours: 0, feePercent: 29 }],
    });
    const draw = seeded(seed);
    const seen: string[] = [];
    for (const id of await booked(new Date(FROM_AT - 1))) {
      await app.clock.freeze(new Date(FROM_AT - 1));
      const start = async (): Promise<string> => {
        await app.clock.step(1);
        return 'started';
      };
      const answers = await together(draw, [() => noShow(id), () => cancel(id), start]);
      seen.push(`${answers}: ${await story(id)}`);
    }
    const cancelled = 'cancelled 968 968 held,confirmed,cancelled';
    onlyThese(seen, [
      'NoShowMarked NotConfirmed started: no_show 1101 1101 held,confirmed,no_show',
      'NoShowMarked TooLateToCancel started: no_show 1101 1101 held,confirmed,no_show',
      `TooEarlyForNoShow BookingCancelled started: ${cancelled}`,
      `NotConfirmed BookingCancelled started: ${cancelled}`,
      // One came too early and the other too late: it stands as it stood.
      `TooEarlyForNoShow TooLateToCancel started: confirmed ${PRICE} ${PRICE} held,confirmed`,
    ]);
    await nothingIsWrong(scene);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_TARIFF, type Tariff } from '@touchmark/pricing';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aTariff } from '../../support/builders/pricing.js';
import {
  aCell,
  aHold,
  aWorkshop,
  askForSlot,
  changeClaim,
  type TestCell,
} from '../../support/builders/workshops.js';

// A Wednesday, 09:00 in Berlin.
const NOW = '2026-11-18T08:00:00.000Z';

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

interface Explained {
  readonly __typename: string;
  readonly message?: string;
  readonly totalMinor?: string;
  readonly stationId?: string;
  readonly lines?: readonly { code: string; label: string; minutes: number | null; amountMinor: string }[];
}

const EXPLAIN = `query ($coopId: ID!, $cellId: ID!, $stationId: ID, $fromAt: Instant!, $toAt: Instant!, $family: String) {
  explainPrice(coopId: $coopId, cellId: $cellId, stationId: $stationId, fromAt: $fromAt, toAt: $toAt, family: $family) {
    __typename ... on Refusal { message }
    ... on PriceExplained { totalMinor stationId currency lines { code label minutes amountMinor } } } }`;

type Span = readonly [fromAt: string, toAt: string];

async function explained(
  [fromAt, toAt]: Span,
  more: object = {},
  of: Pick<TestCell, 'coopId' | 'cellId'> = cell,
): Promise<Explained> {
  const variables = { coopId: coop.coopId, cellId: of.cellId, fromAt, toAt, ...more };
  return (await app.gql<{ explainPrice: Explained }>(EXPLAIN, variables, { token: member.token }))
    .explainPrice;
}

interface Held {
  readonly id: string;
  readonly priceMinor: string;
  readonly priceLines: Explained['lines'];
  readonly station: { readonly id: string };
}

async function held(window: Span, more: object = {}): Promise<Held> {
  const { id } = await aHold(app, member, cell, window, more);
  const query = `query ($coopId: ID!, $id: ID!) { booking(coopId: $coopId, id: $id) {
    id priceMinor station { id } priceLines { code label minutes amountMinor } } }`;
  const variables = { coopId: coop.coopId, id };
  return (await app.gql<{ booking: Held }>(query, variables, { token: member.token })).booking;
}

const kept = (): Promise<object[]> =>
  app.database.query(
    'select id from booking where coop_id = $1 union all select booking_id from booking_event where coop_id = $1',
    [coop.coopId],
  );

const EVERYTHING: Partial<Tariff> = {
  bands: [
    { weekday: 3, fromMinute: 660, toMinute: 900, percent: 140, label: 'Midday' },
    { weekday: 4, fromMinute: 0, toMinute: 600, percent: 70, label: 'Early' },
  ],
  load: {
    enabled: true,
    utilisation: [
      { atPercent: 5, percent: 111 },
      { atPercent: 15, percent: 127 },
    ],
    leadTime: [
      { hours: 0, percent: 113 },
      { hours: 20, percent: 91 },
    ],
    floorPercent: 75,
    ceilingPercent: 170,
  },
  classes: [{ memberClass: 'student', percent: 61 }],
  changeover: { charge: true, hourlyPercent: 50 },
};

/** Windows of half an hour to five hours in the next two days, in one order for a seed. */
function windows(seed: number): Span[] {
  let state = seed;
  const next = (most: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  return Array.from({ length: 8 }, () => {
    const fromAt = Date.parse('2026-11-18T08:00Z') + next(2) * 86_400_000 + next(12) * 1_800_000;
    return [new Date(fromAt).toISOString(), new Date(fromAt + (next(10) + 1) * 1_800_000).toISOString()];
  });
}

describe('explainPrice', () => {
  it.each([7, 1913, 4_040_404])('says to the cent what the hold then costs, seed %i', async (seed) => {
    await app.database.query(`update membership set class = 'student' where account_id = $1`, [
      member.accountId,
    ]);
    await app.database.query(
      `insert into setup_family (coop_id, cell_id, name) select $1, $2, unnest(array['black', 'red'])`,
      [coop.coopId, cell.cellId],
    );
    await app.database.query(
      `insert into changeover (coop_id, cell_id, from_family, to_family, minutes, cost_minor) values ($1, $2, '*', '*', 20, 333)`,
      [coop.coopId, cell.cellId],
    );
    await app.database.query(`update cell set default_family = 'black' where id = $1`, [cell.cellId]);
    await aTariff(app, coop.admin, { coopId: coop.coopId }, EVERYTHING);
    let asked = 0;
    for (const [index, window] of windows(seed).entries()) {
      const more = {
        ...(index % 2 === 0 ? { family: 'red' } : {}),
        ...(index % 3 === 0 ? { stationId: cell.stationIds[index % 2] } : {}),
      };
      const quote = await explained(window, more);
      if (quote.__typename !== 'PriceExplained') {
        expect((await askForSlot(app, member, cell, window, more)).__typename).toBe(quote.__typename);
        continue;
      }
      asked += 1;
      const hold = await held(window, more);
      expect([hold.priceMinor, hold.priceLines, hold.station.id]).toEqual([
        quote.totalMinor,
        quote.lines,
        quote.stationId,
      ]);
      const sum = (quote.lines ?? []).reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
      expect(String(sum)).toBe(quote.totalMinor);
      await changeClaim(app, member, 'confirmBooking', { coopId: coop.coopId, bookingId: hold.id });
    }
    expect(asked).toBeGreaterThanOrEqual(3);
  });

  it('holds, numbers and keeps nothing', async () => {
    await aTariff(app, coop.admin, { coopId: coop.coopId }, EVERYTHING);
    expect(await explained(['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'])).toMatchObject({
      __typename: 'PriceExplained',
    });
    expect(await kept()).toEqual([]);
  });

  it('says why a window cannot be held, as the hold would', async () => {
    const night: Span = ['2026-11-18T22:00:00Z', '2026-11-18T23:00:00Z'];
    expect(await explained(night)).toMatchObject({ __typename: 'OutsideOpeningHours' });
    const other = await aCell(app, await aWorkshop(app, await aCoop(app)));
    expect(await explained(['2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z'], {}, other)).toMatchObject({
      __typename: 'NotFound',
    });
  });

  it('shows a peak, a quiet hour, a full day and a class each by its line', async () => {
    const set = (tariff: Partial<Tariff>): Promise<void> =>
      aTariff(app, coop.admin, { coopId: coop.coopId }, { ...NO_TARIFF, ...tariff });
    const codes = async (window: Span): Promise<string[] | undefined> =>
      (await explained(window)).lines?.map(({ code }) => code);
    const noon: Span = ['2026-11-18T10:00:00Z', '2026-11-18T11:00:00Z'];
    expect(await codes(noon)).toEqual(['base']);
    await set({ bands: EVERYTHING.bands ?? [] });
    expect(await codes(noon)).toEqual(['base', 'peak']);
    expect(await codes(['2026-11-19T08:00:00Z', '2026-11-19T09:00:00Z'])).toEqual(['base', 'quiet']);
    await set({ classes: [{ memberClass: 'standard', percent: 90 }] });
    expect(await codes(noon)).toEqual(['base', 'class']);
    const load = { ...NO_TARIFF.load, enabled: true, utilisation: [{ atPercent: 0, percent: 200 }] };
    await set({ load: { ...load, ceilingPercent: 150 } });
    expect(await codes(noon)).toEqual(['base', 'load', 'bound']);
  });
});

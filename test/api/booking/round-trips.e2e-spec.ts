import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../../apps/api/src/create-app.js';
import { loadConfig } from '../../../apps/api/src/platform/config/config.js';
import { freePort } from '../../../apps/local/src/ports.ts';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop, changeClaim, type TestCell } from '../../support/builders/workshops.js';
import { openCountedLine, type CountedLine } from '../../support/counted-line.js';
import { graphqlClient, type GraphqlClient } from '../../support/graphql-client.js';

const NOW = '2026-11-18T08:00:00.000Z';
// The first calls prepare their statements and fill what is remembered.
const WARM_UP = 3;
const COUNTED = 5;
const FREE = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
  freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) { cell { id } windows { fromAt toAt } } }`;

const HOLD = `mutation ($input: HoldSlotInput!) { holdSlot(input: $input) { ... on SlotHeld { booking { id } } } }`;

interface Held {
  readonly holdSlot: { readonly booking?: { readonly id: string } };
}

interface Cost {
  readonly roundTrips: number;
  readonly statements: number;
}

/** A number up to `limit`; fewer statements in the same round trips are no fault. */
const most = (limit: number): unknown => ({
  asymmetricMatch: (seen: unknown) => typeof seen === 'number' && seen <= limit,
});

/** The nth half hour of the day after next. */
const window = (index: number): readonly [string, string] => {
  const fromAt = Date.parse('2026-11-20T07:00:00Z') + index * 1_800_000;
  return [new Date(fromAt).toISOString(), new Date(fromAt + 1_800_000).toISOString()];
};

describe('by what goes over the wire to PostgreSQL', () => {
  let app: TestApp;
  let coop: TestCoop;
  let member: TestMember;
  let cells: TestCell[];
  let line: CountedLine;
  let counted: NestExpressApplication;
  let api: GraphqlClient;

  beforeAll(async () => {
    app = await startTestApp();
    await app.clock.freeze(new Date(NOW));
    coop = await aCoop(app);
    await app.database.query('update coop set hold_limit = 50 where id = $1', [coop.coopId]);
    member = await aMember(app, coop);
    const workshop = await aWorkshop(app, coop);
    cells = [await aCell(app, workshop), await aCell(app, workshop, { kind: 'cut', name: 'Cut' })];
    line = await openCountedLine(app.database.url);
    const config = loadConfig({
      ...app.env,
      ...{ DATABASE_URL: line.url, DATABASE_POOL_SIZE: '2', PORT: String(await freePort()) },
    });
    counted = await createApp(config);
    await counted.listen(config.port, config.host);
    api = graphqlClient(`http://127.0.0.1:${String(config.port)}`);
  });
  afterAll(async () => {
    await counted.close();
    await line.close();
    await app.stop();
  });

  /** Round trips and statements of each of some calls, one after the other, once all is warm. */
  async function costs(call: (index: number) => Promise<unknown>): Promise<Cost[]> {
    const seen: Cost[] = [];
    for (let index = 0; index < WARM_UP + COUNTED; index += 1) {
      const [trips, statements] = [line.roundTrips(), line.statements()];
      await call(index);
      seen.push({ roundTrips: line.roundTrips() - trips, statements: line.statements() - statements });
    }
    return seen.slice(WARM_UP);
  }

  const cellOf = (): TestCell => {
    const [cell] = cells;
    if (cell === undefined) throw new Error('there is no cell');
    return cell;
  };

  // When code gets better, lower these; when one of them grows, a request has become slower for everybody.
  it('a hold takes three round trips and a confirmation three: who asks, all that it locks and reads, all that it writes', async () => {
    const ids: string[] = [];
    const { coopId, cellId } = cellOf();
    const holding = await costs(async (index) => {
      const [fromAt, toAt] = window(index);
      const input = { coopId, cellId, fromAt, toAt, requestId: randomUUID() };
      const { holdSlot } = await api.gql<Held>(HOLD, { input }, member);
      ids.push(holdSlot.booking?.id ?? '');
    });
    const confirming = await costs(async (index) => {
      const answer = await changeClaim(api, member, 'confirmBooking', {
        coopId,
        bookingId: ids[index] ?? '',
      });
      expect(answer.__typename).toBe('BookingConfirmed');
    });
    for (const cost of holding) expect(cost).toEqual({ roundTrips: 3, statements: most(7) });
    for (const cost of confirming) expect(cost).toEqual({ roundTrips: 3, statements: most(9) });
  });

  it('free slots of all cells of a workshop over four weeks take one besides who asks', async () => {
    const variables = {
      ...{ coopId: coop.coopId, workshopId: cellOf().workshopId },
      ...{ fromAt: '2026-11-18T00:00:00Z', toAt: '2026-12-16T00:00:00Z' },
    };
    for (const cost of await costs(() => api.gql(FREE, variables, member)))
      expect(cost).toEqual({ roundTrips: 2, statements: 2 });
  });
});

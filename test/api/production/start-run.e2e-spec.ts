import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Jobs } from '../../../apps/api/src/platform/jobs/index.js';
import { PlanLot } from '../../../apps/api/src/production/plan-lot/plan-lot.js';
import { StartRun } from '../../../apps/api/src/production/start-run/start-run.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import { aWork } from '../../support/builders/catalog.js';
import { type TestCoop, aCollector, aCoop, aMember } from '../../support/builders/membership.js';
import { DAY_MS, anOpenDrop, anOrder, orderStates } from '../../support/builders/orders.js';
import {
  START,
  aFloor,
  aLockedDrop,
  aRun,
  brokenRules,
  openWork,
  unitsOf,
  type TestLockedDrop,
} from '../../support/builders/production.js';
import { aCell } from '../../support/builders/workshops.js';
import { until } from '../../support/until.js';

const RUNS = `query ($coopId: ID!) { runs(coopId: $coopId, first: 2) { edges { node {
  id quantity state lockedAt finishedAt edition { id work { title } }
  lots { number quantity plannedAt operations { position name cellKind minutes
    bookings { state fromAt toAt cell { name } station { number } } } }
  units(first: 2) { pageInfo { hasNextPage endCursor } edges { node { state serial lotNumber orderId quality { note } } } }
} } } }`;

interface RunNode {
  readonly id: string;
  readonly quantity: number;
  readonly state: string;
  readonly lockedAt: string;
  readonly finishedAt: string | null;
  readonly edition: { readonly id: string; readonly work: { readonly title: string } };
  readonly lots: readonly {
    readonly number: number;
    readonly quantity: number;
    readonly plannedAt: string | null;
    readonly operations: readonly {
      readonly name: string;
      readonly minutes: number;
      readonly bookings: readonly {
        readonly fromAt: string;
        readonly toAt: string;
        readonly state: string;
      }[];
    }[];
  }[];
  readonly units: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: { readonly state: string; readonly orderId: string } }[];
  };
}

/** Jobs are run by hand here, so that each moment between two of them can be looked at. */
describe('a run', () => {
  let app: TestApp;
  let coop: TestCoop;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => {
    await app.clock.freeze(START);
    coop = await aCoop(app);
  });
  afterEach(async () => {
    expect(await brokenRules(app)).toEqual({});
  });
  afterAll(async () => {
    await app.stop();
  });

  const start = (drop: TestLockedDrop) => app.nest.get(StartRun, { strict: false }).run(drop);
  const plan = (id: string) => app.nest.get(PlanLot, { strict: false }).run({ coopId: coop.coopId, id });
  const lotsOf = (drop: TestLockedDrop) =>
    app.database.query<{ id: string }>(
      'select l.id from run_lot l join run r on r.id = l.run_id where r.drop_id = $1',
      [drop.dropId],
    );
  const sweep = (name: string) =>
    app.nest
      .get(Jobs, { strict: false })
      .sweeps.find((one) => one.name === name)
      ?.run();
  const jobs = (key: string) =>
    app.database.query('select task_identifier as task from graphile_worker.jobs where key = $1', [key]);
  const seenBy = async (token: string): Promise<RunNode[]> => {
    const { runs } = await app.gql<{ runs: { edges: { node: RunNode }[] } }>(
      RUNS,
      { coopId: coop.coopId },
      { token },
    );
    return runs.edges.map((edge) => edge.node);
  };

  const pressWork = (): Promise<string> =>
    aWork(app, coop, {
      recipe: [{ cellKind: 'press', name: 'Press', setupMinutes: 10, minutesPerUnit: 5 }],
    });

  it('has one unit for each ordered piece, in the order of the orders, and minutes for all of them', async () => {
    await aFloor(app, coop);
    const run = await aRun(app, coop, [2, 1, 4]);
    const units = await unitsOf(app, run.runId);
    const [first = '', second = '', third = ''] = run.orders.map((order) => order.orderId);
    expect(units.map((unit) => unit.orderId)).toEqual([first, first, second, third, third, third, third]);
    expect(units.every((unit) => unit.state === 'planned' && unit.serial === null)).toBe(true);
    const member = await aMember(app, coop);
    const [seen] = await seenBy(member.token);
    expect(seen).toMatchObject({
      ...{ id: run.runId, quantity: 7, state: 'LOCKED', finishedAt: null },
      edition: { id: run.editionId, work: { title: 'Heron' } },
    });
    // 30 minutes of setup and 2 for each of 7, then 1 for each.
    expect(seen?.lots.map((lot) => lot.operations.map(({ name, minutes }) => [name, minutes]))).toEqual([
      [
        ['Print', 44],
        ['Inspect', 7],
      ],
    ]);
    expect(seen?.units.edges).toHaveLength(2);
    expect(seen?.units.pageInfo.hasNextPage).toBe(true);
  });

  it('pages through its units without missing or repeating one', async () => {
    await aFloor(app, coop);
    const run = await aRun(app, coop, [5]);
    const { token } = await aMember(app, coop);
    const read: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: {
        run: {
          units: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        };
      } = await app.gql(
        `query ($coopId: ID!, $id: ID!, $after: String) { run(coopId: $coopId, id: $id) {
            units(first: 2, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }`,
        { coopId: coop.coopId, id: run.runId, after },
        { token },
      );
      read.push(...page.run.units.edges.map((edge) => edge.node.id));
      ({ hasNextPage: more, endCursor: after } = page.run.units.pageInfo);
    }
    expect(read).toEqual((await unitsOf(app, run.runId)).map((unit) => unit.id));
  });

  it('is booked in recipe order, each operation as early as it can be', async () => {
    await aFloor(app, coop);
    const run = await aRun(app, coop, [10]);
    const work = await openWork(app, run.runId);
    // The drop closes on Monday at 09:00 in Berlin: an hour on the print grid of 30 minutes, then the bench.
    expect(
      work.map(({ operation, fromAt, toAt }) => [operation, fromAt.toISOString(), toAt.toISOString()]),
    ).toEqual([
      ['Print', '2026-11-09T08:00:00.000Z', '2026-11-09T09:00:00.000Z'],
      ['Inspect', '2026-11-09T09:00:00.000Z', '2026-11-09T09:30:00.000Z'],
    ]);
  });

  it('waits without a place when the machines have no room, says so, and gets one when there is', async () => {
    const floor = await aFloor(app, coop);
    const drop = await aLockedDrop(app, coop, [3], { workId: await pressWork() });
    await start(drop);
    const [lot] = await lotsOf(drop);
    expect(await plan(lot?.id ?? '')).toEqual({ kind: 'NoCapacity', position: 1, cellKind: 'press' });
    const member = await aMember(app, coop);
    expect((await seenBy(member.token))[0]?.lots).toMatchObject([
      { plannedAt: null, operations: [{ bookings: [] }] },
    ]);
    expect(await jobs(`plan_lot:${lot?.id ?? ''}`)).toHaveLength(1);
    await aCell(app, floor, { kind: 'press', name: 'Press', stations: 1 });
    expect((await plan(lot?.id ?? '')).kind).toBe('LotPlanned');
    expect((await seenBy(member.token))[0]?.lots[0]?.operations[0]?.bookings).toHaveLength(1);
  });

  it('is started and planned by the sweeps when a job was lost', async () => {
    await aFloor(app, coop);
    const drop = await aLockedDrop(app, coop, [1]);
    const startKey = `start_run:${drop.dropId}`;
    expect(await jobs(startKey)).toEqual([{ task: 'start_run' }]);
    await app.database.query(`select graphile_worker.remove_job($1)`, [startKey]);
    await sweep('start forgotten runs');
    expect(await jobs(startKey)).toEqual([{ task: 'start_run' }]);
    await start(drop);
    const [lot] = await lotsOf(drop);
    const planKey = `plan_lot:${lot?.id ?? ''}`;
    await app.database.query(`select graphile_worker.remove_job($1)`, [planKey]);
    await sweep('plan forgotten lots');
    expect(await jobs(planKey)).toEqual([{ task: 'plan_lot' }]);
    await plan(lot?.id ?? '');
    await app.database.query(
      `select graphile_worker.remove_job(key) from graphile_worker.jobs where key in ($1, $2)`,
      [startKey, planKey],
    );
    await sweep('start forgotten runs');
    await sweep('plan forgotten lots');
    expect([...(await jobs(startKey)), ...(await jobs(planKey))]).toEqual([]);
  });

  it('is not there for another co-op, or for who is no member', async () => {
    await aFloor(app, coop);
    const run = await aRun(app, coop, [1]);
    const other = await aCoop(app);
    const query = 'query ($coopId: ID!, $id: ID!) { run(coopId: $coopId, id: $id) { id } }';
    const asked = (coopId: string) => app.ask(query, { coopId, id: run.runId }, other.admin);
    expect((await asked(other.coopId)).data).toEqual({ run: null });
    expect((await asked(coop.coopId)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  describe('at once', () => {
    it('is made once by ten workers', async () => {
      await aFloor(app, coop);
      const drop = await aLockedDrop(app, coop, [2, 3]);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => start(drop)));
      expect(outcomes.filter((outcome) => outcome.kind === 'RunStarted')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.kind === 'RunExists')).toHaveLength(9);
      const [lot, ...more] = await lotsOf(drop);
      expect(more).toEqual([]);
      await plan(lot?.id ?? '');
    });

    it('is planned once by ten workers', async () => {
      await aFloor(app, coop);
      const drop = await aLockedDrop(app, coop, [5]);
      await start(drop);
      const [lot] = await lotsOf(drop);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => plan(lot?.id ?? '')));
      expect(outcomes.filter((outcome) => outcome.kind === 'LotPlanned')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.kind === 'AlreadyPlanned')).toHaveLength(9);
      const [booked] = await app.database.query<{ count: number }>(
        `select count(*)::int as count from booking b join run_operation o on o.id = b.run_operation_id where o.lot_id = $1`,
        [lot?.id],
      );
      expect(booked?.count).toBe(2);
    });
  });
});

describe('a worker', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('takes a paid order through the close to a place on the machines, with nobody doing anything', async () => {
    await app.clock.freeze(START);
    const coop = await aCoop(app);
    await aFloor(app, coop);
    const drop = await anOpenDrop(app, coop);
    const orderId = await anOrder(app, await aCollector(app), drop, { quantity: 3 });
    await until('the order to be paid', async () => (await orderStates(app, drop))['paid'] === 1);
    await app.clock.step(7 * DAY_MS);
    const lot = await until('the run to have its place', async () => {
      const [planned] = await app.database.query<{ quantity: number; runId: string }>(
        `select l.quantity, r.id as "runId" from run r join run_lot l on l.run_id = r.id
            where r.drop_id = $1 and l.planned_at is not null`,
        [drop.dropId],
      );
      return planned ?? null;
    });
    expect(lot.quantity).toBe(3);
    const work = await openWork(app, lot.runId);
    expect(work.map(({ operation }) => operation)).toEqual(['Print', 'Inspect']);
    expect((await unitsOf(app, lot.runId)).map((unit) => unit.orderId)).toEqual([orderId, orderId, orderId]);
    expect(await brokenRules(app)).toEqual({});
  });
});

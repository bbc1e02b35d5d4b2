import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { freePort } from '../../../apps/local/src/ports.ts';
import { startTestApp, type TestApp } from '../../support/app.js';
import { graphqlClient } from '../../support/graphql-client.js';
import { builtProduct, startProcess, type ProductProcess } from '../../support/product-process.js';
import { isProof, tries } from '../../support/proof.js';
import { nothingIsWrong } from '../booking/scene.js';
import { SUMMER_BEGINS, minuteOf } from './calendar.js';
import { runWorkload, type RestingWorker, type WorkloadRun } from './run-workload.js';

const OPERATIONS = tries(1_000, 10_000);
const SEEDS = Array.from({ length: tries(1, 10) }, (_, index) => 20_261_121 + index);

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly station_id: string;
  readonly state: string;
}

/** What the database holds in the end is what the model holds. */
async function expectSameClaims(app: TestApp, { replay, coopId, endedAt }: WorkloadRun): Promise<void> {
  const rows = await app.database.query<Row>(
    `select id, station_id, state from booking where coop_id = $1 and ended_at is null
        and (state = 'confirmed' or expires_at > app_now()) order by id`,
    [coopId],
  );
  const live = [...replay.world.claims.values()].filter((claim) => replay.world.isLive(claim, endedAt));
  expect(rows).toEqual(
    live
      .map(({ id, stationId, state }) => ({ id, station_id: stationId, state }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

// Each kind of success must have happened, or a workload has proven little.
const MUST_HAPPEN = [
  ...['SlotHeld', 'BookingConfirmed', 'HoldReleased', 'BookingCancelled', 'BookingRescheduled', 'lapsed'],
  ...['SeriesBooked', 'WaitingListJoined', 'offered', 'StationTakenOut', 'SlotTaken', 'HoldLapsed'],
];
// These are too rare to be sure of them in the short form.
const MUST_HAPPEN_IN_LONG = [
  ...['HoldExtended', 'StationReturned', 'NoShowMarked', 'checked_in', 'checked_out', 'QuotaExceeded'],
  ...['TooLateToCancel', 'WorkHasBegun', 'WaitingListLeft'],
];

async function proves(
  app: TestApp,
  apis: Parameters<typeof runWorkload>[1],
  seed: number,
  worker: RestingWorker | null = null,
): Promise<void> {
  const must = [
    ...MUST_HAPPEN,
    ...(isProof ? MUST_HAPPEN_IN_LONG : []),
    ...(worker === null ? [] : ['lapse found by a stranger']),
  ];
  const run = await runWorkload(app, apis, seed, { operations: OPERATIONS, kinds: must }, worker);
  const { counted, world } = run.replay;
  // The replay ends with the first fault, so whoever comes here has found none in so many looks.
  const faults = [...world.looks].map(([fault, looks]) => `0 ${fault} in ${String(looks)} looks`).join(', ');
  console.log(`seed ${String(seed)}: ${faults}; ${JSON.stringify(Object.fromEntries(counted))}`);
  expect(run.numbered).toBeGreaterThanOrEqual(OPERATIONS);
  expect(minuteOf(run.endedAt)).toBeGreaterThan(SUMMER_BEGINS);
  await expectSameClaims(app, run);
  await nothingIsWrong({ app });
  expect([...world.looks].filter(([, looks]) => looks === 0)).toEqual([]);
  expect(must.filter((kind) => (counted.get(kind) ?? 0) === 0)).toEqual([]);
  // What was answered at the desk is what was noted there.
  const [came, went] = [run.desk.get('CheckedIn'), run.desk.get('CheckedOut')];
  expect([counted.get('checked_in'), counted.get('checked_out')]).toEqual([came, went]);
}

const MINUTES = tries(20, 40) * 60_000;

describe('the booking engine does for sixteen clients at once what a model does one thing after the other', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  afterAll(async () => {
    await app.stop();
  });

  it.each(SEEDS)('with seed %i', (seed) => proves(app, [app], seed, app.nest.get(JobRunner)), MINUTES);
});

describe('two API processes and two workers on one database do so too', () => {
  let app: TestApp;
  let processes: ProductProcess[] = [];
  let apis: ReturnType<typeof graphqlClient>[] = [];

  beforeAll(async () => {
    await builtProduct();
    app = await startTestApp();
    const ports = [await freePort(), await freePort()];
    const { env } = app;
    const servers = ports.map((port) =>
      startProcess('main.js', { ...env, LOG_LEVEL: 'info', PORT: String(port) }),
    );
    const workers = [0, 1].map(() => startProcess('worker.js', { ...env, LOG_LEVEL: 'info' }));
    processes = [...servers, ...workers];
    await Promise.all([
      ...servers.map((server) => server.printed('the API listens')),
      ...workers.map((worker) => worker.printed('the worker works')),
    ]);
    apis = ports.map((port) => graphqlClient(`http://127.0.0.1:${String(port)}`));
  });
  afterAll(async () => {
    for (const one of processes) one.signal('SIGTERM');
    await Promise.all(processes.map((one) => one.ended()));
    await app.stop();
  });

  it('with a seed of their own', () => proves(app, apis, 7_331), MINUTES);
});

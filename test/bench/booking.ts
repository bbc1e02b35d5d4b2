// npm run bench:booking            the measured form: ends with one JSON line
// npm run bench:booking -- --short the correctness of both sides, in a few seconds, for every change
import { buildStale } from '../../apps/local/src/build.ts';
import { measureFreeSlots, type FreeSlotsReport } from './free-slots.ts';
import { openStage, type Stage } from './stage.ts';
import { witness } from './witness.ts';

const short = process.argv.includes('--short');
const CONTENDERS = 20;
const ROUNDS = short ? 20 : 100;
const MEASURES = short ? 1 : 5;
const SECONDS = short ? 1 : 4;
// Until the API runs compiled code all the way; as many on the other side.
const WARM_PAIRS = short ? 100 : 3000;

const WATCHERS = short ? 30 : 500;
const WATCHED_HOLDS = short ? 2 : 20;
const PASTS = short ? ([2_000, 20_000] as const) : ([10_000, 1_000_000] as const);
const FREE_ROUNDS = short ? 1 : 20;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

interface Spread {
  readonly http: number;
  readonly sql: number;
  readonly failures: readonly string[];
}

/** Both sides in turn, so that whatever slows the machine down slows both. */
async function measureSpread(stage: Stage): Promise<Spread> {
  const perSecond = { http: [] as number[], sql: [] as number[] };
  const failures: string[] = [];
  for (let round = 0; round <= MEASURES; round += 1) {
    for (const by of ['http', 'sql'] as const) {
      const until = round === 0 ? { pairs: WARM_PAIRS } : { seconds: SECONDS };
      const report = await stage.order({ kind: 'spread', by, until });
      failures.push(...report.failures);
      const rate = report.done / report.seconds;
      console.log(
        `${round === 0 ? 'warm-up' : `round ${String(round)}`} ${by}: ${rate.toFixed(0)} holds+confirms/s`,
      );
      if (round > 0) perSecond[by].push(rate);
    }
    await stage.database.query('ANALYZE');
  }
  return { http: median(perSecond.http), sql: median(perSecond.sql), failures };
}

async function askFreeSlots(stage: Stage): Promise<FreeSlotsReport> {
  const { world } = stage;
  const { coopId, members } = world;
  const [member] = members;
  if (member === undefined) throw new Error('the world has no members');
  const calendar = { ...world.calendar, coopId, members, token: member.token };
  return measureFreeSlots(await stage.pasts(PASTS), calendar, FREE_ROUNDS);
}

async function run(stage: Stage): Promise<boolean> {
  const hot = await stage.order({ kind: 'hot', rounds: ROUNDS, contenders: CONTENDERS });
  console.log(
    `hot: ${String(hot.done)} of ${String(ROUNDS)} rounds with one winner, ${hot.seconds.toFixed(1)} s`,
  );
  const contended = await witness(stage.database);
  const spread = await measureSpread(stage);
  const seen = await witness(stage.database);
  const news = await stage.order({ kind: 'subscriptions', clients: WATCHERS, holds: WATCHED_HOLDS });
  const free = await askFreeSlots(stage);
  const failures = [...hot.failures, ...spread.failures, ...news.failures, ...free.failures];
  for (const failure of new Set(failures)) console.error(`failure: ${failure}`);
  if (seen.ledger !== null) console.error(`ledger: ${seen.ledger}`);
  if (seen.bookings !== seen.charges)
    console.error(`${String(seen.bookings)} bookings were charged ${String(seen.charges)} times`);
  const perSecond = { perSecond: rounded(spread.http, 1), sqlPerSecond: rounded(spread.sql, 1) };
  const result = {
    hot: {
      ...{ rounds: ROUNDS, contenders: CONTENDERS, winners: hot.done },
      ...{ overlaps: contended.overlaps, deadlocks: contended.deadlocks, failures: hot.failures.length },
    },
    spread: { ...perSecond, ratio: rounded(spread.http / spread.sql, 3) },
    freeSlots: { ratio: rounded(free.ratio, 3) },
    subscriptions: { clients: WATCHERS, p95Ms: news.done },
  };
  console.log(JSON.stringify(result));
  return (
    hot.done === ROUNDS &&
    failures.length + seen.overlaps + seen.deadlocks === 0 &&
    seen.ledger === null &&
    seen.bookings === seen.charges
  );
}

await buildStale(undefined, (name) => name !== 'apps/web');
const stage = await openStage(CONTENDERS, !short);
const stopped = (): void => {
  void stage.close().then(() => process.exit(130));
};
process.once('SIGINT', stopped).once('SIGTERM', stopped);
try {
  process.exitCode = (await run(stage)) ? 0 : 1;
} finally {
  await stage.close();
}

import type { TestApp } from '../../support/app.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { aCell, aWorkshop } from '../../support/builders/workshops.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { minuteOf } from './calendar.js';
import type { Happened } from './history.js';
import { numberedRefusals, request } from './requests.js';
import { Replay } from './replay.js';
import { Client, FIRST_DAY, seeded } from './workload.js';
import { World, type ModelCell } from './world.js';
import type { Row } from './changeovers.js';

const CLIENTS = 16;
const FAMILIES = ['black', 'blue', 'gold'];
const MATRIX: readonly Row[] = [
  { from: '*', to: '*', minutes: 30, costMinor: '100' },
  { from: 'black', to: 'gold', minutes: 120, costMinor: '900' },
  { from: 'gold', to: 'black', minutes: 90, costMinor: '700' },
  { from: '*', to: 'blue', minutes: 15, costMinor: '50' },
];
const WEEKLY_MINUTES = 360;
const STEPS_MINUTES = [0, 5, 16, 61];
// The afternoon before the first day that is booked.
const BEGINS = new Date('2027-03-24T13:00:00Z');

interface Stage {
  readonly app: TestApp;
  readonly coop: TestCoop;
  readonly members: readonly TestMember[];
  readonly cells: readonly ModelCell[];
}

async function stage(app: TestApp): Promise<Stage> {
  await app.clock.freeze(BEGINS);
  const coop = await aCoop(app);
  const workshop = await aWorkshop(app, coop);
  const print = await aCell(app, workshop, { stations: 3 });
  const cut = await aCell(app, workshop, { kind: 'cut', name: 'Cut', stations: 2 });
  const { coopId } = coop;
  const input = { coopId, cellId: print.cellId, families: FAMILIES, defaultFamily: 'black', rows: MATRIX };
  const quotas = [{ memberClass: 'standard', cellKind: 'print', period: 'WEEK', minutes: WEEKLY_MINUTES }];
  await accepted(app, coop, 'setChangeovers', 'SetChangeoversInput', input, 'ChangeoversSet');
  await accepted(app, coop, 'setQuotas', 'SetQuotasInput', { coopId, quotas }, 'QuotasSet');
  const members: TestMember[] = [];
  for (let count = 0; count < CLIENTS; count += 1)
    members.push(await aMember(app, coop, count === 0 ? ['member', 'operator'] : ['member']));
  const common = { gridMinutes: 30, maxMinutes: 480 };
  return {
    ...{ app, coop, members },
    cells: [
      { ...print, ...common, kind: 'print', families: FAMILIES, defaultFamily: 'black', rows: MATRIX },
      { ...cut, ...common, kind: 'cut', families: [], defaultFamily: null, rows: [] },
    ],
  };
}

async function accepted(
  app: TestApp,
  coop: TestCoop,
  name: string,
  type: string,
  input: object,
  success: string,
): Promise<void> {
  const { answer } = await app.gql<{ answer: { __typename: string } }>(
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) { __typename ... on Refusal { message } } }`,
    { input },
    coop.admin,
  );
  if (answer.__typename !== success) throw new Error(`Expected ${success}, got ${JSON.stringify(answer)}.`);
}

interface OfferRow extends Record<string, unknown> {
  readonly sequence: string;
  readonly now: Date;
  readonly bookingId: string;
  readonly entryId: string;
  readonly accountId: string;
  readonly stationId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly expiresAt: Date;
}

const OFFERS = `
  select event.sequence::text as sequence, event.at as now, booking.id as "bookingId", entry.id as "entryId",
    booking.account_id as "accountId", event.station_id as "stationId", lower(booking.during) as "fromAt",
    upper(booking.during) as "toAt", booking.expires_at as "expiresAt"
   from booking_event as event
   join booking on booking.coop_id = event.coop_id and booking.id = event.booking_id
   join waiting_entry as entry on entry.coop_id = booking.coop_id and entry.booking_id = booking.id
  where event.coop_id = $1 and event.kind = 'held' and booking.origin = 'waiting' and event.sequence > $2
  order by event.sequence`;

const FIRST_STATIONS = `
  select distinct on (booking_id) booking_id as "bookingId", station_id as "stationId" from booking_event
   where coop_id = $1 and booking_id = any($2::uuid[]) order by booking_id, sequence`;

/**
 * The bookings of a series are read when it has been answered, and somebody may have moved them by then; their history
 * says where they were put.
 */
async function asPut(app: TestApp, coopId: string, happened: readonly Happened[]): Promise<Happened[]> {
  const made = happened.flatMap((one) => (one.kind === 'asked' ? (one.outcome.series?.bookings ?? []) : []));
  const rows = await app.database.query<{ bookingId: string; stationId: string }>(FIRST_STATIONS, [
    ...[coopId, made.map(({ id }) => id)],
  ]);
  const stations = new Map(rows.map(({ bookingId, stationId }) => [bookingId, stationId]));
  return happened.map((one) => {
    if (one.kind === 'offered' || one.outcome.series === undefined) return one;
    const bookings = one.outcome.series.bookings.map((booking) => ({
      ...{ ...booking, station: { id: stations.get(booking.id) ?? '' } },
    }));
    return { ...one, outcome: { ...one.outcome, series: { bookings } } };
  });
}

export interface WorkloadRun {
  readonly replay: Replay;
  readonly history: readonly Happened[];
  readonly cells: readonly ModelCell[];
  readonly coopId: string;
  readonly endedAt: number;
}

/**
 * Runs a seeded workload of sixteen concurrent clients, each at one of the `apis`, and replays it through the model in
 * the order of the numbers. The clock stands still while the clients ask, and is stepped between.
 */
export async function runWorkload(
  app: TestApp,
  apis: readonly Pick<GraphqlClient, 'gql'>[],
  seed: number,
  operations: number,
): Promise<WorkloadRun> {
  const { coop, members, cells } = await stage(app);
  const refusals = await numberedRefusals(app);
  const random = seeded(seed);
  const clients = members.map(
    (_, index) => new Client(seeded(seed * 1000 + index), cells, FIRST_DAY, index === 0),
  );
  const replay = new Replay(new World(cells, { holdLimit: 3, weekly: new Map([['print', WEEKLY_MINUTES]]) }));
  const history: Happened[] = [];
  let lastOffer = '0';
  while (history.length < operations) {
    const step = STEPS_MINUTES[Math.floor(random() * STEPS_MINUTES.length)] ?? 0;
    await app.clock.step(step * 60_000);
    const now = (await app.clock.now()).getTime();
    const tokens = await Promise.all(members.map(({ email }) => signedIn(app, email)));
    const happened: Happened[] = [];
    await Promise.all(
      clients.map(async (client, index) => {
        const [member, token] = [members[index], tokens[index]];
        const api = apis[index % apis.length];
        if (!member || !token || !api) throw new Error('A client without its member.');
        for (let count = 0; count < 5; count += 1) {
          const action = client.next();
          const outcome = await request(api, { token }, coop.coopId, action, refusals);
          client.note(outcome);
          const { accountId } = member;
          if (typeof outcome.sequence === 'string')
            happened.push({
              kind: 'asked',
              sequence: BigInt(outcome.sequence),
              now,
              accountId,
              action,
              outcome,
            });
        }
      }),
    );
    for (const row of await app.database.query<OfferRow>(OFFERS, [coop.coopId, lastOffer])) {
      happened.push(offerOf(row));
      clients[members.findIndex(({ accountId }) => accountId === row.accountId)]?.claims.push(row.bookingId);
      lastOffer = row.sequence;
    }
    happened.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
    for (const one of await asPut(app, coop.coopId, happened)) replay.apply(one);
    history.push(...happened);
  }
  const endedAt = (await app.clock.now()).getTime();
  return { replay, history, cells, coopId: coop.coopId, endedAt };
}

function offerOf(row: OfferRow): Happened {
  const { bookingId, entryId, stationId } = row;
  return {
    ...{
      kind: 'offered',
      sequence: BigInt(row.sequence),
      now: row.now.getTime(),
      bookingId,
      entryId,
      stationId,
    },
    ...{ from: minuteOf(row.fromAt), to: minuteOf(row.toAt), expiresAt: row.expiresAt.getTime() },
  };
}

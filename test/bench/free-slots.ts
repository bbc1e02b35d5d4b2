// How long freeSlots takes for a workshop with a long past, against the same with a short one.
import type pg from 'pg';
import { Connection } from './http-client.ts';
import type { CalendarWorld } from './world.ts';

/** One API on a database of its own, with this many bookings in the past of the calendar. */
export interface Past {
  readonly apiUrl: string;
  readonly database: pg.Client;
  readonly bookings: number;
}

export interface FreeSlotsReport {
  /** The median time with the long past over that with the short one. */
  readonly ratio: number;
  readonly failures: readonly string[];
}

const DAY = 86_400_000;
const DAYS = 28;
const HALF_HOURS_OPEN = 32;
const FREE = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
  freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
    cell { id } windows { fromAt toAt freeStations } } }`;

interface Answer {
  readonly freeSlots: readonly {
    readonly cell: { readonly id: string };
    readonly windows: readonly { fromAt: string; toAt: string; freeStations: number }[];
  }[];
}

const COLUMNS = `coop_id, id, workshop_id, cell_id, station_id, account_id, state, during, claim, price_minor,
  charged_minor, currency, held_at, expires_at, confirmed_at`;
const BOOKED = `SELECT station.coop_id, uuidv7(), cell.workshop_id, cell.id, station.id, ($3::uuid[])[1 + place.n % cardinality($3::uuid[])],
    'confirmed', tstzrange(place.from_at, place.to_at), tstzrange(place.from_at, place.to_at), 1200, 1200, 'EUR',
    place.from_at - interval '1 day', place.from_at - interval '23 hours', place.from_at - interval '1 day'
  FROM cell JOIN station ON station.coop_id = cell.coop_id AND station.cell_id = cell.id`;
// Half hours without a gap, back from today.
const PAST = `INSERT INTO booking (${COLUMNS}) ${BOOKED}
  CROSS JOIN LATERAL (SELECT n, date_trunc('day', now(), 'UTC') - n * interval '30 minutes' AS from_at,
      date_trunc('day', now(), 'UTC') - (n - 1) * interval '30 minutes' AS to_at FROM generate_series(1, $4::integer) AS n) AS place
 WHERE cell.coop_id = $1 AND cell.workshop_id = $2`;
// An hour in every three of the weeks that are asked for.
const AHEAD = `INSERT INTO booking (${COLUMNS}) ${BOOKED}
  CROSS JOIN LATERAL (SELECT n, from_at, from_at + interval '1 hour' AS to_at FROM generate_series(0, $4::integer) AS n
      CROSS JOIN LATERAL (SELECT date_trunc('day', now(), 'UTC') + (1 + n / 5) * interval '1 day'
        + (6 + 3 * (n % 5)) * interval '1 hour') AS start (from_at)) AS place
 WHERE cell.coop_id = $1 AND cell.workshop_id = $2`;
const OVERLAP = `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = 'booking_no_overlap'`;

/** Writes the past and the weeks ahead with the constraints of the product; the index against overlaps is built at once. */
async function fill({ database, bookings }: Past, world: CalendarWorld): Promise<void> {
  const accounts = world.members.map(({ accountId }) => accountId);
  const of = [world.coopId, world.workshopId, accounts];
  const { rows } = await database.query<{ definition: string }>(OVERLAP);
  const definition = rows[0]?.definition;
  if (definition === undefined) throw new Error('the constraint booking_no_overlap is not there');
  await database.query('BEGIN');
  // The rows are of this file's own making; a look-up for each foreign key of each would take minutes.
  await database.query('SET LOCAL session_replication_role = replica');
  await database.query('ALTER TABLE booking DROP CONSTRAINT booking_no_overlap');
  await database.query(PAST, [...of, bookings / world.stations]);
  await database.query(AHEAD, [...of, 5 * DAYS - 1]);
  await database.query(`ALTER TABLE booking ADD CONSTRAINT booking_no_overlap ${definition}`);
  await database.query('COMMIT');
  await database.query('VACUUM ANALYZE booking');
}

/** What is wrong with an answer: in each cell what is booked is missing, and nothing else is. */
function faultOf({ freeSlots }: Answer, world: CalendarWorld): string | null {
  if (freeSlots.length !== world.cells) return `freeSlots answered ${String(freeSlots.length)} cells`;
  const expected = (DAYS * (HALF_HOURS_OPEN / 2 - 5) * world.stations) / world.cells;
  for (const { cell, windows } of freeSlots) {
    const hours = windows.map(
      (window) => ((Date.parse(window.toAt) - Date.parse(window.fromAt)) / 3_600_000) * window.freeStations,
    );
    const sum = hours.reduce((total, hour) => total + hour, 0);
    if (sum !== expected)
      return `cell ${cell.id} has ${String(sum)} free station hours, not ${String(expected)}`;
  }
  return null;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Asks both in turn, so that whatever slows the machine slows both; both must answer the same. */
export async function measureFreeSlots(
  [few, many]: readonly [Past, Past],
  world: CalendarWorld,
  rounds: number,
): Promise<FreeSlotsReport> {
  await Promise.all([fill(few, world), fill(many, world)]);
  const fromAt = new Date((Math.floor(Date.now() / DAY) + 1) * DAY);
  const variables = {
    ...{ coopId: world.coopId, workshopId: world.workshopId, fromAt },
    toAt: new Date(fromAt.getTime() + DAYS * DAY),
  };
  const sides = [few, many].map(({ apiUrl }) => ({ api: new Connection(apiUrl), ms: [] as number[] }));
  const failures = new Set<string>();
  for (let round = 0; round < rounds * 2; round += 1) {
    const answers: string[] = [];
    for (const { api, ms } of sides) {
      const startedAt = performance.now();
      const answer = await api.ask<Answer>(world.token, FREE, variables);
      // The first half is until the code of both has been compiled.
      if (round >= rounds) ms.push(performance.now() - startedAt);
      answers.push(JSON.stringify(answer));
      failures.add(faultOf(answer, world) ?? '');
    }
    if (answers[0] !== answers[1]) failures.add('a longer past has changed what is free');
  }
  for (const { api } of sides) api.close();
  failures.delete('');
  const [short = 0, long = 0] = sides.map(({ ms }) => median(ms));
  console.log(
    `freeSlots: ${short.toFixed(1)} ms with ${String(few.bookings)} past bookings, ${long.toFixed(1)} ms with ${String(many.bookings)}`,
  );
  return { ratio: long / short, failures: [...failures] };
}

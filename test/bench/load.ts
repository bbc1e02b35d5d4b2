// The clients of the benchmark, in a process of their own: they are told what to do by messages of their parent.
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { Connection, confirmByHttp, holdByHttp } from './http-client.ts';
import { measureSubscriptions } from './subscriptions.ts';
import {
  windowAt,
  type BenchMember,
  type LoadOrder,
  type LoadReport,
  type LoadSetup,
  type SpreadEnd,
} from './world.ts';

const setup = JSON.parse(process.argv[2] ?? '') as LoadSetup;
const { world, apiUrl, clients } = setup;
const { coopId } = world;
const apis = Array.from({ length: clients }, () => new Connection(apiUrl));
const connections: pg.Client[] = [];
// Each pair takes the next free window of the next station, so no two of them ever meet.
const taken = { http: 0, sql: 0 };
let hotRounds = 0;

function memberOf(client: number): BenchMember {
  const member = world.members[client % world.members.length];
  if (member === undefined) throw new Error('the world has no members');
  return member;
}

function apiOf(client: number): Connection {
  const api = apis[client];
  if (api === undefined) throw new Error(`client ${String(client)} has no connection`);
  return api;
}

function nextSlot(by: 'http' | 'sql'): { cellId: string; stationId: string; fromAt: Date; toAt: Date } {
  const stations = world[by];
  const number = taken[by];
  taken[by] += 1;
  const station = stations[number % stations.length];
  if (station === undefined) throw new Error('the world has no stations');
  return { ...station, ...windowAt(Math.floor(number / stations.length)) };
}

const hashOf = (input: object): Buffer => createHash('sha256').update(JSON.stringify(input)).digest();

async function pairByHttp(client: number): Promise<string> {
  const { token } = memberOf(client);
  const held = await holdByHttp(apiOf(client), token, {
    coopId,
    ...nextSlot('http'),
    requestId: randomUUID(),
  });
  if (held.bookingId === null) return held.kind;
  return confirmByHttp(apiOf(client), token, { coopId, bookingId: held.bookingId, requestId: randomUUID() });
}

async function pairBySql(client: number): Promise<string> {
  const { accountId } = memberOf(client);
  const connection = connections[client];
  if (connection === undefined) throw new Error(`client ${String(client)} has no connection`);
  const slot = { coopId, ...nextSlot('sql') };
  const { cellId, stationId, fromAt, toAt } = slot;
  const held = await connection.query<{ booking_id: string }>({
    name: 'hold',
    text: 'SELECT * FROM bench_hold($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: [coopId, accountId, randomUUID(), hashOf(slot), cellId, stationId, fromAt, toAt, null],
  });
  const bookingId = held.rows[0]?.booking_id;
  const confirmed = await connection.query<{ outcome: string }>({
    name: 'confirm',
    text: 'SELECT * FROM bench_confirm($1, $2, $3, $4, $5)',
    values: [coopId, accountId, randomUUID(), hashOf({ coopId, bookingId }), bookingId],
  });
  return confirmed.rows[0]?.outcome ?? 'nothing';
}

async function spread(by: 'http' | 'sql', end: SpreadEnd): Promise<LoadReport> {
  const pair = by === 'http' ? pairByHttp : pairBySql;
  const failures: string[] = [];
  let done = 0;
  let begun = 0;
  const startedAt = performance.now();
  const goesOn = (): boolean =>
    'pairs' in end ? begun < end.pairs : performance.now() < startedAt + end.seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (goesOn()) {
        begun += 1;
        const outcome = await pair(client).catch((error: unknown) => String(error));
        if (outcome === 'BookingConfirmed') done += 1;
        else failures.push(outcome);
      }
    }),
  );
  return { done, seconds: (performance.now() - startedAt) / 1000, failures };
}

async function hot(rounds: number, contenders: number): Promise<LoadReport> {
  const failures: string[] = [];
  let winners = 0;
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const slot = { coopId, ...world.hot, ...windowAt(hotRounds) };
    hotRounds += 1;
    const answers = await Promise.all(
      Array.from({ length: contenders }, (_, client) =>
        holdByHttp(apiOf(client), memberOf(client).token, { ...slot, requestId: randomUUID() }).catch(
          (error: unknown) => ({
            kind: String(error),
            bookingId: null,
          }),
        ),
      ),
    );
    const [winner, second] = [...answers.entries()].filter(([, answer]) => answer.bookingId !== null);
    if (winner !== undefined && second === undefined) winners += 1;
    failures.push(
      ...answers.map((answer) => answer.kind).filter((kind) => kind !== 'SlotHeld' && kind !== 'SlotTaken'),
    );
    // A confirmed win does not count against the winner's limit of holds in the rounds after it.
    const [client, { bookingId }] = winner ?? [0, { bookingId: null }];
    if (bookingId === null) continue;
    const kind = await confirmByHttp(apiOf(client), memberOf(client).token, {
      coopId,
      bookingId,
      requestId: randomUUID(),
    });
    if (kind !== 'BookingConfirmed') failures.push(kind);
  }
  return { done: winners, seconds: (performance.now() - startedAt) / 1000, failures };
}

async function subscriptions(count: number, holds: number): Promise<LoadReport> {
  const startedAt = performance.now();
  const { workshopId, ...station } = world.watched;
  const { p95Ms, medianMs, lost } = await measureSubscriptions({
    ...{ apiUrl, coopId, workshopId, station, members: world.members, clients: count },
    windows: Array.from({ length: holds }, (_, place) => windowAt(place)),
  });
  console.log(
    `subscriptions: ${String(count)} clients, median ${String(medianMs)} ms, P95 ${String(p95Ms)} ms`,
  );
  const failures = lost === 0 ? [] : [`${String(lost)} pieces of news did not come`];
  return { done: p95Ms, seconds: (performance.now() - startedAt) / 1000, failures };
}

function obey(order: LoadOrder): Promise<LoadReport> {
  switch (order.kind) {
    case 'hot':
      return hot(order.rounds, order.contenders);
    case 'spread':
      return spread(order.by, order.until);
    case 'subscriptions':
      return subscriptions(order.clients, order.holds);
    default:
      return order satisfies never;
  }
}

process.on('message', (order: LoadOrder) => {
  const work = obey(order);
  work.then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

for (let client = 0; client < clients; client += 1) {
  const connection = new pg.Client({ connectionString: setup.databaseUrl });
  await connection.connect();
  connections.push(connection);
}
process.send?.({ ready: true });

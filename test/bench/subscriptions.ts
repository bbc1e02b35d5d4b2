import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { poll } from '../../apps/local/src/poll.ts';
import type { BenchMember, BenchStation } from './world.ts';

/** Where the calendar is that all clients watch, and who may watch and hold. */
export interface SubscriptionsSetup {
  readonly apiUrl: string;
  readonly coopId: string;
  readonly workshopId: string;
  readonly station: BenchStation;
  /** At least one for 30 clients: an account has that many connections at most. */
  readonly members: readonly BenchMember[];
  readonly clients: number;
  /** One free window of the station for each hold that is measured; all within 14 days. */
  readonly windows: readonly { readonly fromAt: Date; readonly toAt: Date }[];
}

export interface SubscriptionsReport {
  readonly clients: number;
  /** From the answer to the hold until a client has the news of it; 95 of 100 are as fast or faster. */
  readonly p95Ms: number;
  readonly medianMs: number;
  /** News that did not come within a minute. */
  readonly lost: number;
}

interface Watcher {
  readonly socket: WebSocket;
  /** When the news of a window came, by its start. */
  readonly seenAt: Map<string, number>;
  ready: boolean;
}

// Opened in batches: nobody opens a shop by letting all customers in at once.
const AT_ONCE = 50;
const PATIENCE_MS = 60_000;
const WATCH = `subscription ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!) {
  calendarChanged(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt) {
    kind stations { stationId fromAt toAt bookings { mine state fromAt toAt label } } } }`;
const HOLD = `mutation ($input: HoldSlotInput!) { holdSlot(input: $input) {
  __typename ... on SlotHeld { booking { id } } ... on Refusal { message } } }`;
const RELEASE = `mutation ($input: ReleaseHoldInput!) { releaseHold(input: $input) { __typename } }`;

interface News {
  readonly type: string;
  readonly payload?: {
    readonly data?: {
      readonly calendarChanged: {
        readonly kind: string;
        readonly stations: readonly { readonly fromAt: string }[];
      };
    };
  };
}

async function watch(setup: SubscriptionsSetup, token: string): Promise<Watcher> {
  const socket = new WebSocket(`${setup.apiUrl.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const watcher: Watcher = { socket, seenAt: new Map(), ready: false };
  const [first, last] = [setup.windows[0], setup.windows.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no windows were given to hold');
  const variables = {
    coopId: setup.coopId,
    workshopId: setup.workshopId,
    fromAt: first.fromAt,
    toAt: last.toAt,
  };
  socket.on('message', (message: Buffer) => {
    const now = performance.now();
    const { type, payload } = JSON.parse(message.toString()) as News;
    if (type === 'connection_ack')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: WATCH, variables } }));
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type !== 'next') return;
    const change = payload?.data?.calendarChanged;
    watcher.ready ||= change?.kind === 'SNAPSHOT_NEEDED';
    for (const { fromAt } of change?.stations ?? [])
      if (!watcher.seenAt.has(fromAt)) watcher.seenAt.set(fromAt, now);
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  return watcher;
}

async function openAll(setup: SubscriptionsSetup, watchers: Watcher[]): Promise<void> {
  const tokens = Array.from(
    { length: setup.clients },
    (_, place) => setup.members[place % setup.members.length]?.token ?? '',
  );
  for (let from = 0; from < tokens.length; from += AT_ONCE) {
    const batch = tokens.slice(from, from + AT_ONCE).map((token) => watch(setup, token));
    watchers.push(...(await Promise.all(batch)));
    await poll('the clients to be let in', PATIENCE_MS, () => watchers.every(({ ready }) => ready));
  }
}

async function ask<Data>(
  setup: SubscriptionsSetup,
  token: string,
  query: string,
  input: object,
): Promise<Data> {
  const response = await fetch(`${setup.apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query,
      variables: { input: { coopId: setup.coopId, requestId: randomUUID(), ...input } },
    }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (data === undefined || errors !== undefined)
    throw new Error(`the API answered ${JSON.stringify(errors)}`);
  return data;
}

/** Holds one window, and tells how long each client waited for the news of it; null for one that waited in vain. */
async function measureHold(
  setup: SubscriptionsSetup,
  watchers: readonly Watcher[],
  place: number,
): Promise<(number | null)[]> {
  const window = setup.windows[place];
  const token = setup.members[place % setup.members.length]?.token ?? '';
  if (window === undefined) throw new Error(`window ${String(place)} is not there`);
  const { cellId, stationId } = setup.station;
  const { holdSlot } = await ask<{ holdSlot: { message?: string; booking?: { id: string } } }>(
    setup,
    token,
    HOLD,
    {
      ...{ cellId, stationId },
      ...window,
    },
  );
  const heldAt = performance.now();
  if (holdSlot.booking === undefined) throw new Error(`nothing was held: ${String(holdSlot.message)}`);
  const key = window.fromAt.toISOString();
  await poll('the news to come', PATIENCE_MS, () => watchers.every(({ seenAt }) => seenAt.has(key))).catch(
    () => undefined,
  );
  await ask(setup, token, RELEASE, { bookingId: holdSlot.booking.id });
  return watchers.map(({ seenAt }) => {
    const at = seenAt.get(key);
    // News may overtake the answer to the hold itself.
    return at === undefined ? null : Math.max(at - heldAt, 0);
  });
}

/** Lets so many clients watch one calendar, holds one window after another, and measures when each client knows. */
export async function measureSubscriptions(setup: SubscriptionsSetup): Promise<SubscriptionsReport> {
  const watchers: Watcher[] = [];
  try {
    await openAll(setup, watchers);
    const waits: (number | null)[] = [];
    for (const place of setup.windows.keys()) waits.push(...(await measureHold(setup, watchers, place)));
    const known = waits.filter((wait) => wait !== null).sort((a, b) => a - b);
    const quantile = (part: number): number =>
      Number((known[Math.min(Math.ceil(known.length * part), known.length) - 1] ?? Infinity).toFixed(1));
    return {
      ...{ clients: setup.clients, p95Ms: quantile(0.95), medianMs: quantile(0.5) },
      lost: waits.length - known.length,
    };
  } finally {
    for (const { socket } of watchers) socket.terminate();
  }
}

import { randomUUID } from 'node:crypto';
import { CHECKS as CATALOG_CHECKS } from '../../../apps/api/src/catalog/index.js';
import { CHECKS, DropCommitted } from '../../../apps/api/src/orders/index.js';
import type { TestApp } from '../app.js';
import { anEdition, type TestEdition } from './catalog.js';
import type { TestCoop } from './membership.js';

export const DAY_MS = 86_400_000;

export interface TestDrop extends TestEdition {
  readonly dropId: string;
}

export const OPEN_DROP = `mutation ($input: OpenDropInput!) { openDrop(input: $input) {
  __typename ... on Refusal { message } ... on InputRefused { field } ... on NotFound { what }
  ... on CommitWindowInvalid { shortestDays longestDays }
  ... on DropOpening { drop { id state size minimumUnits unitsLeft closesAt edition { id } coop { id } } } } }`;

export const PLACE_ORDER = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  __typename ... on Refusal { message } ... on InputRefused { field } ... on NotFound { what }
  ... on SoldOut { unitsLeft } ... on DropNotOpen { state }
  ... on OrderPlaced { order { id state quantity amountMinor currency placedAt payBy drop { id unitsLeft } } } } }`;

export interface DropAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly what?: string;
  readonly shortestDays?: number;
  readonly longestDays?: number;
  readonly drop?: { readonly id: string; readonly state: string; readonly unitsLeft: number };
}

export interface OrderAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly what?: string;
  readonly unitsLeft?: number;
  readonly state?: string;
  readonly order?: {
    readonly id: string;
    readonly state: string;
    readonly amountMinor: string;
    readonly placedAt: string;
    readonly payBy: string;
  };
}

/** A drop that waits for the chain: of a new edition, closing in a week. */
export async function aDrop(
  app: TestApp,
  coop: TestCoop,
  options: { edition?: object; drop?: object } = {},
): Promise<TestDrop> {
  const edition = await anEdition(app, coop, options.edition);
  const closesAt = new Date((await app.clock.now()).getTime() + 7 * DAY_MS).toISOString();
  const { coopId, editionId } = edition;
  const input = { coopId, editionId, closesAt, requestId: randomUUID(), ...options.drop };
  const { openDrop } = await app.gql<{ openDrop: DropAnswer }>(OPEN_DROP, { input }, coop.admin);
  if (openDrop.drop === undefined) throw new Error(`Expected a drop, got ${JSON.stringify(openDrop)}.`);
  return { ...edition, dropId: openDrop.drop.id };
}

/** A drop that takes orders: the chain's word is given by hand, so that a test of orders needs no chain. */
export async function anOpenDrop(
  app: TestApp,
  coop: TestCoop,
  options: { edition?: object; drop?: object } = {},
): Promise<TestDrop> {
  const drop = await aDrop(app, coop, options);
  await app.nest.get(DropCommitted, { strict: false }).run({ coopId: drop.coopId, dropId: drop.dropId });
  return drop;
}

/** Asks for units of a drop through GraphQL. */
export async function askForUnits(
  app: Pick<TestApp, 'gql'>,
  who: { readonly token?: string; readonly apiKey?: string },
  drop: Pick<TestDrop, 'coopId' | 'dropId'>,
  overrides: object = {},
): Promise<OrderAnswer> {
  const { coopId, dropId } = drop;
  const input = {
    ...{ coopId, dropId, quantity: 1, paymentMethod: 'sandbox-accept', requestId: randomUUID() },
    ...overrides,
  };
  const { placeOrder } = await app.gql<{ placeOrder: OrderAnswer }>(PLACE_ORDER, { input }, who);
  return placeOrder;
}

/** An order that must be placed; returns its id. */
export async function anOrder(
  app: Pick<TestApp, 'gql'>,
  who: { readonly token?: string; readonly apiKey?: string },
  drop: Pick<TestDrop, 'coopId' | 'dropId'>,
  overrides: object = {},
): Promise<string> {
  const answer = await askForUnits(app, who, drop, overrides);
  if (answer.order === undefined) throw new Error(`Expected an order, got ${JSON.stringify(answer)}.`);
  return answer.order.id;
}

/** The names of the invariants of catalog and orders that do not hold right now, each with its first violations. */
export async function brokenInvariants(app: Pick<TestApp, 'database'>): Promise<Record<string, object[]>> {
  const broken: Record<string, object[]> = {};
  for (const check of [...CATALOG_CHECKS, ...CHECKS]) {
    const violations = await app.database.query(check.violations);
    if (violations.length > 0) broken[check.name] = violations.slice(0, 3);
  }
  return broken;
}

/** The public face of a drop. */
export async function seenDrop(
  app: Pick<TestApp, 'gql'>,
  { coopId, dropId }: Pick<TestDrop, 'coopId' | 'dropId'>,
): Promise<{ readonly state: string; readonly unitsLeft: number; readonly unitsOrdered: number }> {
  const { drop } = await app.gql<{ drop: { state: string; unitsLeft: number; unitsOrdered: number } }>(
    `query ($coopId: ID!, $id: ID!) { drop(coopId: $coopId, id: $id) { state unitsLeft unitsOrdered } }`,
    { coopId, id: dropId },
  );
  return drop;
}

/** How many orders of a drop are in each state. */
export async function orderStates(
  app: Pick<TestApp, 'database'>,
  drop: Pick<TestDrop, 'dropId'>,
): Promise<Record<string, number>> {
  const rows = await app.database.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from sale_order where drop_id = $1 group by state`,
    [drop.dropId],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}

/** The kinds of what a co-op's ledger holds, in their order. */
export async function postedKinds(app: Pick<TestApp, 'database'>, coopId: string): Promise<string[]> {
  const rows = await app.database.query<{ kind: string }>(
    `select kind from ledger_transaction where coop_id = $1 order by sequence`,
    [coopId],
  );
  return rows.map((row) => row.kind);
}

import { randomUUID } from 'node:crypto';
import { CreateCell } from '../../../apps/api/src/workshops/create-cell/create-cell.js';
import type { CreateCellInput } from '../../../apps/api/src/workshops/create-cell/create-cell.types.js';
import { CreateWorkshop } from '../../../apps/api/src/workshops/create-workshop/create-workshop.js';
import type { CreateWorkshopInput } from '../../../apps/api/src/workshops/create-workshop/create-workshop.types.js';
import type { TestApp } from '../app.js';
import type { Product, TestCoop, TestPerson } from './membership.js';

export interface TestWorkshop {
  readonly coopId: string;
  readonly workshopId: string;
}

export interface TestCell extends TestWorkshop {
  readonly cellId: string;
  readonly stationIds: readonly string[];
}

/** Open from 08:00 to 20:00 on every day of the week. */
export const DAILY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 480, toMinute: 1200 }));

/** A workshop in Berlin, open from 08:00 to 20:00 every day. */
export async function aWorkshop(
  app: Product,
  coop: Pick<TestCoop, 'coopId'>,
  overrides: Partial<CreateWorkshopInput> = {},
): Promise<TestWorkshop> {
  const { coopId } = coop;
  const outcome = await app.nest.get(CreateWorkshop, { strict: false }).run({
    coopId,
    name: 'Hall 3',
    address: '3 Harbour Street',
    timeZone: 'Europe/Berlin',
    openingHours: DAILY,
    ...overrides,
  });
  if (outcome.kind !== 'WorkshopCreated')
    throw new Error(`Expected WorkshopCreated, got ${JSON.stringify(outcome)}.`);
  return { coopId, workshopId: outcome.workshop.id };
}

/** A print cell with two stations on a grid of 30 minutes, at 24.00 an hour. */
export async function aCell(
  app: Pick<TestApp, 'nest' | 'database'>,
  workshop: TestWorkshop,
  overrides: Partial<CreateCellInput> = {},
): Promise<TestCell> {
  const outcome = await app.nest.get(CreateCell, { strict: false }).run({
    ...{
      coopId: workshop.coopId,
      workshopId: workshop.workshopId,
      kind: 'print',
      name: 'Print',
      stations: 2,
    },
    ...{ gridMinutes: 30, maxMinutes: 480, hourlyRateMinor: 2400n },
    ...overrides,
  });
  if (outcome.kind !== 'CellCreated')
    throw new Error(`Expected CellCreated, got ${JSON.stringify(outcome)}.`);
  const cellId = outcome.cell.id;
  const stations = await app.database.query<{ id: string }>(
    'select id from station where coop_id = $1 and cell_id = $2 order by number',
    [workshop.coopId, cellId],
  );
  return { ...workshop, cellId, stationIds: stations.map((station) => station.id) };
}

export interface HeldBooking {
  readonly id: string;
  readonly state: string;
  readonly priceMinor: string;
  readonly expiresAt: string;
  readonly station: { readonly id: string };
}

export interface HoldAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly booking?: HeldBooking;
  readonly freeFrom?: string | null;
  readonly nextOpenAt?: string | null;
  readonly limit?: number;
  readonly maxPrice?: string;
  readonly reason?: string;
}

const HOLD = `mutation ($input: HoldSlotInput!) { holdSlot(input: $input) {
  __typename
  ... on SlotHeld { booking { id state priceMinor expiresAt station { id } } }
  ... on Refusal { message }
  ... on SlotTaken { freeFrom }
  ... on WindowInvalid { reason }
  ... on OutsideOpeningHours { nextOpenAt }
  ... on HoldLimitReached { limit }
  ... on PriceAboveMax { maxPrice: priceMinor }
} }`;

/** Asks for a slot through GraphQL; `input` may name a station, a price limit and a requestId. */
export async function askForSlot(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  cell: Pick<TestCell, 'coopId' | 'cellId'>,
  window: readonly [fromAt: string, toAt: string],
  input: object = {},
): Promise<HoldAnswer> {
  const { coopId, cellId } = cell;
  const asked = { coopId, cellId, fromAt: window[0], toAt: window[1], requestId: randomUUID(), ...input };
  const { holdSlot } = await app.gql<{ holdSlot: HoldAnswer }>(HOLD, { input: asked }, { token: who.token });
  return holdSlot;
}

/** A hold that must succeed. */
export async function aHold(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  cell: Pick<TestCell, 'coopId' | 'cellId'>,
  window: readonly [fromAt: string, toAt: string],
  input: object = {},
): Promise<HeldBooking> {
  const answer = await askForSlot(app, who, cell, window, input);
  if (answer.booking === undefined) throw new Error(`Expected a hold, got ${JSON.stringify(answer)}.`);
  return answer.booking;
}

export interface ClaimAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly sequence?: string | null;
  readonly booking?: { readonly id: string; readonly state: string };
}

const SUCCESSES = {
  confirmBooking: 'BookingConfirmed',
  releaseHold: 'HoldReleased',
  cancelBooking: 'BookingCancelled',
  extendHold: 'HoldExtended',
  markNoShow: 'NoShowMarked',
  rescheduleBooking: 'BookingRescheduled',
} as const;

/** Changes a claim through GraphQL: confirms, releases, cancels, extends or moves it, or marks it as a no-show. */
export async function changeClaim(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  operation: keyof typeof SUCCESSES,
  input: { coopId: string; bookingId: string; requestId?: string; fromAt?: string; toAt?: string },
  fields = 'id state',
): Promise<ClaimAnswer> {
  const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { answer: ${operation}(input: $input) {
    __typename ... on ${SUCCESSES[operation]} { booking { ${fields} } } ... on Refusal { message } } }`;
  const { answer } = await app.gql<{ answer: ClaimAnswer }>(
    query,
    { input: { requestId: randomUUID(), ...input } },
    { token: who.token },
  );
  return answer;
}

import { randomUUID } from 'node:crypto';
import type { TestApp } from '../app.js';
import type { TestPerson } from './membership.js';
import type { TestCell } from './workshops.js';

export interface TestOccurrence {
  readonly fromAt: string;
  readonly toAt: string;
  readonly stationId: string | null;
  readonly because: string | null;
  readonly priceMinor: string | null;
  readonly conflict: {
    readonly reason: string;
    readonly message: string;
    readonly alternative: {
      readonly stationId: string;
      readonly fromAt: string;
      readonly toAt: string;
    } | null;
  } | null;
}

export interface TestSeries {
  readonly id: string;
  readonly rule: string;
  readonly cancelledAt: string | null;
  readonly bookings: readonly {
    readonly id: string;
    readonly state: string;
    readonly origin: string;
    readonly fromAt: string;
    readonly toAt: string;
    readonly chargedMinor: string;
    readonly station: { readonly id: string };
  }[];
}

export interface SeriesAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: string;
  readonly rule?: string;
  readonly occurrences?: readonly TestOccurrence[];
  readonly free?: number;
  readonly conflicts?: number;
  readonly totalMinor?: string;
  readonly priceMinor?: string;
  readonly cancelled?: number;
  readonly feeMinor?: string;
  readonly series?: TestSeries;
}

const OCCURRENCE = `fromAt toAt stationId because priceMinor conflict { reason message alternative { stationId fromAt toAt } }`;
const SERIES = `id rule cancelledAt bookings { id state origin fromAt toAt chargedMinor station { id } }`;
const PLAN = `query ($input: PlanSeriesInput!) { answer: planSeries(input: $input) { __typename
  ... on SeriesPlanned { rule free conflicts totalMinor occurrences { ${OCCURRENCE} } }
  ... on Refusal { message } ... on SeriesInvalid { reason } ... on WindowInvalid { reason } } }`;
const BOOK = `mutation ($input: BookSeriesInput!) { answer: bookSeries(input: $input) { __typename
  ... on SeriesBooked { totalMinor series { ${SERIES} } } ... on Refusal { message } ... on SeriesInvalid { reason }
  ... on SeriesConflicts { occurrences { ${OCCURRENCE} } } ... on WindowInvalid { reason } ... on PriceAboveMax { priceMinor } } }`;
const CANCEL = `mutation ($input: CancelSeriesInput!) { answer: cancelSeries(input: $input) { __typename
  ... on SeriesCancelled { cancelled feeMinor series { ${SERIES} } } ... on Refusal { message } } }`;
const MINE = `query ($coopId: ID!) { mySeries(coopId: $coopId) { edges { node { ${SERIES} cell { id } } } } }`;

type Cell = Pick<TestCell, 'coopId' | 'cellId'>;
type Asker = Pick<TestPerson, 'token'>;
type Api = Pick<TestApp, 'gql'>;

async function asked(app: Api, who: Asker, query: string, input: object): Promise<SeriesAnswer> {
  return (await app.gql<{ answer: SeriesAnswer }>(query, { input }, { token: who.token })).answer;
}

/** The report of a series of two hours each, unless `input` says otherwise. */
export function planSeries(
  app: Api,
  who: Asker,
  { coopId, cellId }: Cell,
  input: object,
): Promise<SeriesAnswer> {
  return asked(app, who, PLAN, { coopId, cellId, minutes: 120, ...input });
}

/** Books a series of two hours each, unless `input` says otherwise. */
export function bookSeries(
  app: Api,
  who: Asker,
  { coopId, cellId }: Cell,
  input: object,
): Promise<SeriesAnswer> {
  return asked(app, who, BOOK, { coopId, cellId, minutes: 120, requestId: randomUUID(), ...input });
}

export function cancelSeries(
  app: Api,
  who: Asker,
  input: { readonly coopId: string; readonly seriesId: string; readonly requestId?: string },
): Promise<SeriesAnswer> {
  return asked(app, who, CANCEL, { requestId: randomUUID(), ...input });
}

export async function seriesOf(app: Api, who: Asker, coopId: string): Promise<TestSeries[]> {
  const { mySeries } = await app.gql<{ mySeries: { edges: { node: TestSeries }[] } }>(
    MINE,
    { coopId },
    { token: who.token },
  );
  return mySeries.edges.map((edge) => edge.node);
}

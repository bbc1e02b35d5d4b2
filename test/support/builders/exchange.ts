import { randomUUID } from 'node:crypto';
import { CHECKS as CLAIMS } from '../../../apps/api/src/booking/index.js';
import { CHECKS as TRADE, CODE_CHECKS as TRADE_BY_CODE } from '../../../apps/api/src/exchange/index.js';
import { CHECKS as BOOKS, CODE_CHECKS as BOOKS_BY_CODE } from '../../../apps/api/src/payouts/index.js';
import { runnable } from '../../../apps/api/src/platform/checks/check.js';
import type { TestApp } from '../app.js';
import type { Caller, GraphqlClient } from '../graphql-client.js';
import { aBrand, aCoop, type TestBrand, type TestCoop } from './membership.js';
import { DAILY, aCell, aWorkshop, type TestCell } from './workshops.js';

/** What an answer of the exchange may hold; each kind fills in its own. */
export interface ExchangeAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly cellKind?: string | null;
  readonly leastUnits?: number;
  readonly problems?: readonly string[];
  readonly earliestAt?: string;
  readonly firmFrom?: string;
  readonly newPromise?: string | null;
  readonly state?: string;
  readonly next?: string | null;
  readonly offer?: TestOffer;
  readonly quote?: TestQuote;
  readonly order?: TestOrder;
  readonly work?: {
    readonly state: string;
    readonly refundedMinor: string;
    readonly bookings: readonly { readonly fromAt: string; readonly toAt: string }[];
  };
  readonly booking?: {
    readonly id: string;
    readonly state: string;
    readonly fromAt: string;
    readonly toAt: string;
  };
}

export interface TestOffer {
  readonly coopId: string;
  readonly id: string;
  readonly version: number;
}

export interface TestQuote {
  readonly coopId: string;
  readonly id: string;
  readonly priceMinor: string;
  readonly priceLines: readonly { readonly code: string; readonly amountMinor: string }[];
  readonly promisedAt: string;
  readonly validUntil: string;
  readonly offer: { readonly version: number };
}

export interface TestOrder {
  readonly coopId: string;
  readonly id: string;
  readonly state: string;
  readonly priceMinor: string;
  readonly refundedMinor: string;
  readonly promisedAt: string;
  readonly bookings: readonly {
    readonly id: string;
    readonly state: string;
    readonly fromAt: string;
    readonly toAt: string;
    readonly station: { readonly id: string };
  }[];
}

const OFFER = 'coopId id version';
const QUOTE = 'coopId id priceMinor priceLines { code amountMinor } promisedAt validUntil offer { version }';
const ORDER =
  'coopId id state priceMinor refundedMinor promisedAt bookings { id state fromAt toAt station { id } }';
const REFUSALS = `... on Refusal { message } ... on InputRefused { field }`;

const SUCCESS = {
  publishOffer: `... on OfferPublished { offer { ${OFFER} } } ... on NoCapacity { cellKind }`,
  reviseOffer: `... on OfferRevised { offer { ${OFFER} } } ... on NoCapacity { cellKind }`,
  withdrawOffer: `... on OfferWithdrawn { offer { ${OFFER} } }`,
  requestQuote: `... on QuoteMade { quote { ${QUOTE} } } ... on BatchTooSmall { leastUnits } ... on NoCapacity { cellKind }
    ... on ContractBroken { problems } ... on WantedTooSoon { earliestAt }`,
  acceptQuote: `... on QuoteAccepted { order { ${ORDER} } } ... on PromiseLost { newPromise: promisedAt }`,
  advanceServiceOrder: `... on ServiceOrderAdvanced { order { ${ORDER} } } ... on TransitionRefused { state next }`,
  recordServiceQuality: `... on ServiceQualityRecorded { order { ${ORDER} } } ... on TransitionRefused { state next }`,
  cancelServiceOrder: `... on ServiceOrderCancelled { order { ${ORDER} } } ... on TransitionRefused { state next }`,
  sendServiceMessage: `... on ServiceMessageSent { __typename }`,
  setProviderBrand: `... on ProviderBrandSet { __typename }`,
  reclaimWindow: `... on WindowReclaimed { booking { id state fromAt toAt }
    work { state refundedMinor bookings { fromAt toAt } } } ... on CapacityFirm { firmFrom }`,
} as const;

export type ExchangeOperation = keyof typeof SUCCESS;

/** Calls a mutation of the exchange over HTTP; mutations that take one get a requestId of their own unless it is given. */
export async function exchange(
  app: Pick<GraphqlClient, 'gql'>,
  who: Caller,
  operation: ExchangeOperation,
  input: object,
): Promise<ExchangeAnswer> {
  const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input`;
  const refused =
    operation === 'withdrawOffer' || operation === 'setProviderBrand'
      ? '... on Refusal { message }'
      : REFUSALS;
  const takesInput = [
    'publishOffer',
    'reviseOffer',
    'requestQuote',
    'recordServiceQuality',
    'sendServiceMessage',
  ];
  const refusals = takesInput.includes(operation) ? refused : '... on Refusal { message }';
  const query = `mutation ($input: ${type}!) { answer: ${operation}(input: $input) { __typename ${refusals} ${SUCCESS[operation]} } }`;
  return (await app.gql<{ answer: ExchangeAnswer }>(query, { input }, who)).answer;
}

export const once = (): { readonly requestId: string } => ({ requestId: randomUUID() });

export interface TestProvider extends TestCoop {
  readonly print: TestCell;
  readonly qa: TestCell;
}

/** A co-op with a workshop in Berlin, open 08:00 to 20:00, that has two printing stations and a bench for checks. */
export async function aProvider(app: TestApp): Promise<TestProvider> {
  const coop = await aCoop(app);
  const workshop = await aWorkshop(app, coop);
  const print = await aCell(app, workshop);
  const qa = await aCell(app, workshop, { kind: 'qa', name: 'Check', stations: 1 });
  return { ...coop, print, qa };
}

/** Terms that are accepted: printing at 30 minutes and 2 a unit, then a check at 1 a unit, any day and time. */
export const offerTerms = (change: object = {}): Record<string, unknown> => ({
  ...{
    title: 'Screen printing',
    kindsOfWork: ['screen-printing'],
    materials: ['cotton'],
    leadTime: 'two days',
  },
  ...{ leadHours: 0, firmHours: 24, windows: DAILY },
  steps: [
    { cellKind: 'print', minutesPerBatch: 30, minutesPerUnit: 2 },
    { cellKind: 'qa', minutesPerBatch: 0, minutesPerUnit: 1 },
  ],
  prices: [
    { fromUnits: 10, setupMinor: '1000', unitMinor: '55' },
    { fromUnits: 100, setupMinor: '2000', unitMinor: '40' },
  ],
  refund: {
    reclaimPercent: 100,
    cancelTiers: [
      { noticeHours: 48, percentBack: 100 },
      { noticeHours: 12, percentBack: 50 },
    ],
  },
  inputSchema: JSON.stringify({
    type: 'object',
    properties: {
      colour: { type: 'string', enum: ['black', 'red'] },
      artwork: { type: 'string', maxLength: 200 },
    },
    required: ['colour'],
  }),
  ...change,
});

export async function anOffer(app: TestApp, provider: TestCoop, change: object = {}): Promise<TestOffer> {
  const input = { coopId: provider.coopId, ...once(), ...offerTerms(change) };
  const answer = await exchange(app, provider.admin, 'publishOffer', input);
  if (answer.offer === undefined) throw new Error(`Expected an offer, got ${JSON.stringify(answer)}.`);
  return answer.offer;
}

/** A brand with a key for the exchange. */
export async function aBuyer(app: TestApp): Promise<TestBrand> {
  const home = await aCoop(app);
  return aBrand(app, home.admin, ['exchange:read', 'exchange:write']);
}

export const askForQuote = (
  app: Pick<GraphqlClient, 'gql'>,
  who: Caller,
  offer: TestOffer,
  change: object = {},
): Promise<ExchangeAnswer> =>
  exchange(app, who, 'requestQuote', {
    ...{ providerId: offer.coopId, offerId: offer.id, units: 30, input: '{"colour":"red"}' },
    ...change,
  });

export async function aQuote(
  app: Pick<GraphqlClient, 'gql'>,
  who: Caller,
  offer: TestOffer,
  change: object = {},
): Promise<TestQuote> {
  const answer = await askForQuote(app, who, offer, change);
  if (answer.quote === undefined) throw new Error(`Expected a quote, got ${JSON.stringify(answer)}.`);
  return answer.quote;
}

export const accept = (
  app: Pick<GraphqlClient, 'gql'>,
  who: Caller,
  quote: Pick<TestQuote, 'coopId' | 'id'>,
  change: object = {},
): Promise<ExchangeAnswer> =>
  exchange(app, who, 'acceptQuote', { providerId: quote.coopId, quoteId: quote.id, ...once(), ...change });

export async function anOrder(
  app: Pick<GraphqlClient, 'gql'>,
  who: Caller,
  offer: TestOffer,
  change: object = {},
): Promise<TestOrder> {
  const answer = await accept(
    app,
    who,
    await aQuote(app, who, offer, change),
    'coopId' in change ? { coopId: change.coopId } : {},
  );
  if (answer.order === undefined) throw new Error(`Expected an order, got ${JSON.stringify(answer)}.`);
  return answer.order;
}

const SEEN = `query ($providerId: ID!, $id: ID!, $coopId: ID) {
  serviceOrder(providerId: $providerId, id: $id, coopId: $coopId) { ${ORDER} } }`;

/** An order as the caller sees it, or null. */
export async function seenOrder(
  app: Pick<GraphqlClient, 'gql'>,
  who: Caller,
  order: Pick<TestOrder, 'coopId' | 'id'>,
  coopId: string | null = null,
): Promise<TestOrder | null> {
  const variables = { providerId: order.coopId, id: order.id, coopId };
  return (await app.gql<{ serviceOrder: TestOrder | null }>(SEEN, variables, who)).serviceOrder;
}

/** The invariants of trade, of the books and of the stations that do not hold right now, by name. */
export async function brokenTrade(app: Pick<TestApp, 'database'>): Promise<Record<string, object[]>> {
  const broken: Record<string, object[]> = {};
  const query = (text: string, values?: readonly unknown[]): Promise<object[]> =>
    app.database.query(text, values === undefined ? [] : [...values]);
  for (const check of [...[TRADE, BOOKS, CLAIMS].flat().map(runnable), ...TRADE_BY_CODE, ...BOOKS_BY_CODE]) {
    const found = await check.find(query);
    if (found.length > 0) broken[check.name] = found.slice(0, 3);
  }
  return broken;
}

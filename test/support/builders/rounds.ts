import { randomUUID } from 'node:crypto';
import type { TestApp } from '../app.js';
import { until } from '../until.js';
import type { TestPerson } from './membership.js';
import type { TestCell } from './workshops.js';

type Asker = Pick<TestApp, 'gql'>;

export interface RoundSlot {
  readonly number: number;
  readonly stationId: string;
  readonly fromAt: string;
  readonly toAt: string;
  readonly wonBy: string | null;
  readonly choice: number | null;
  readonly yours: boolean;
  readonly bookingId: string | null;
}

export interface Round {
  readonly id: string;
  readonly state: 'OPEN' | 'CLOSED' | 'DRAWN' | 'CALLED_OFF';
  readonly cap: number;
  readonly commitment: string;
  readonly secret: string | null;
  readonly seed: string | null;
  readonly requestsDigest: string | null;
  readonly requestCount: number;
  readonly deadlineAt: string;
  readonly block: { readonly number: number; readonly hash: string; readonly time: string } | null;
  readonly slots: readonly RoundSlot[];
  readonly yours: { readonly pseudonym: string; readonly first: number; readonly pastWins: number } | null;
}

const ROUND = `id state cap commitment secret seed requestsDigest requestCount deadlineAt block { number hash time }
  slots { number stationId fromAt toAt wonBy choice yours bookingId } yours { pseudonym first pastWins }`;

export interface RoundAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly slot?: number;
  readonly round?: Round;
}

/** Asks to open a round of windows on a cell through GraphQL. */
export async function askForRound(
  app: Asker,
  who: Pick<TestPerson, 'token'>,
  cell: Pick<TestCell, 'coopId' | 'cellId'>,
  slots: readonly (readonly [fromAt: string, toAt: string])[],
  input: object = {},
): Promise<RoundAnswer> {
  const OPEN = `mutation ($input: OpenRoundInput!) { openRound(input: $input) { __typename ... on RoundOpened { round { ${ROUND} } }
    ... on Refusal { message } ... on InputRefused { field } ... on RoundSlotRefused { slot } } }`;
  const { coopId, cellId } = cell;
  const asked = slots.map(([fromAt, toAt]) => ({ fromAt, toAt }));
  const variables = { input: { coopId, cellId, slots: asked, requestId: randomUUID(), ...input } };
  return (await app.gql<{ openRound: RoundAnswer }>(OPEN, variables, { token: who.token })).openRound;
}

/** A round that must open. */
export async function aRound(...args: Parameters<typeof askForRound>): Promise<Round> {
  const answer = await askForRound(...args);
  if (answer.round === undefined) throw new Error(`Expected a round, got ${JSON.stringify(answer)}.`);
  return answer.round;
}

export interface RequestAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly request?: { readonly pseudonym: string; readonly first: number; readonly second: number | null };
}

/** Enters somebody into a round, or changes what they ask for. */
export async function askOfRound(
  app: Asker,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
  roundId: string,
  first: number,
  second: number | null = null,
  requestId: string = randomUUID(),
): Promise<RequestAnswer> {
  const REQUEST = `mutation ($input: RequestSlotsInput!) { requestSlots(input: $input) { __typename
    ... on SlotsRequested { request { pseudonym first second } } ... on Refusal { message } } }`;
  const variables = { input: { coopId, roundId, first, second, requestId } };
  return (await app.gql<{ requestSlots: RequestAnswer }>(REQUEST, variables, { token: who.token }))
    .requestSlots;
}

/** Takes a request out of a round; the answer's kind, and the round without it. */
export async function withdrawFrom(
  app: Asker,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
  roundId: string,
): Promise<RoundAnswer> {
  const WITHDRAW = `mutation ($input: WithdrawSlotRequestInput!) { withdrawSlotRequest(input: $input) { __typename
    ... on SlotRequestWithdrawn { round { ${ROUND} } } ... on Refusal { message } } }`;
  const variables = { input: { coopId, roundId } };
  return (await app.gql<{ withdrawSlotRequest: RoundAnswer }>(WITHDRAW, variables, { token: who.token }))
    .withdrawSlotRequest;
}

/** Asks to call a round off. */
export async function callOff(
  app: Asker,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
  roundId: string,
  requestId: string = randomUUID(),
): Promise<RoundAnswer> {
  const CALL_OFF = `mutation ($input: CallOffRoundInput!) { callOffRound(input: $input) { __typename
    ... on RoundCalledOff { round { ${ROUND} } } ... on Refusal { message } } }`;
  const variables = { input: { coopId, roundId, requestId } };
  return (await app.gql<{ callOffRound: RoundAnswer }>(CALL_OFF, variables, { token: who.token }))
    .callOffRound;
}

/** A round as somebody sees it. */
export async function showRound(
  app: Asker,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
  id: string,
): Promise<Round> {
  const SHOW = `query ($coopId: ID!, $id: ID!) { round(coopId: $coopId, id: $id) { ${ROUND} } }`;
  const { round } = await app.gql<{ round: Round | null }>(SHOW, { coopId, id }, { token: who.token });
  if (round === null) throw new Error(`Expected round ${id}, got none.`);
  return round;
}

/** Waits for the draw of a round whose deadline has passed. */
export async function drawn(
  app: Asker,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
  { id }: Pick<Round, 'id'>,
): Promise<Round> {
  const ask = async (): Promise<Round | null> => {
    const round = await showRound(app, who, coopId, id);
    return round.state === 'DRAWN' ? round : null;
  };
  return until(`the draw of round ${id}`, ask);
}

/** Moves the product's clock a second past a deadline and the chain's further still, with blocks that are final. */
export async function passDeadline(
  app: Pick<TestApp, 'chain' | 'clock'>,
  { deadlineAt }: Pick<Round, 'deadlineAt'>,
): Promise<void> {
  const byMs = Date.parse(deadlineAt) - (await app.clock.now()).getTime() + 1000;
  const block = (await app.chain.rpc('eth_getBlockByNumber', ['latest', false])) as { timestamp: string };
  const seconds = Math.ceil(Date.parse(deadlineAt) / 1000) - Number(block.timestamp) + 1;
  if (seconds > 0) await app.chain.rpc('evm_increaseTime', [seconds]);
  await app.clock.step(Math.max(byMs, 0));
  await app.chain.mine(4);
}

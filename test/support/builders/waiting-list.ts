import { randomUUID } from 'node:crypto';
import type { TestApp } from '../app.js';
import type { TestPerson } from './membership.js';
import type { TestCell } from './workshops.js';

export interface TestOffer {
  readonly id: string;
  readonly state: string;
  readonly origin: string;
  readonly fromAt: string;
  readonly toAt: string;
  readonly expiresAt: string;
  readonly priceMinor: string;
  readonly station: { readonly id: string };
}

export interface TestEntry {
  readonly id: string;
  readonly state: string;
  readonly place: number | null;
  readonly booking: TestOffer | null;
}

export interface WaitingAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly reason?: string;
  readonly state?: string;
  readonly limit?: number;
  readonly sequence?: string | null;
  readonly families?: readonly string[];
  readonly alternative?: { readonly stationId: string; readonly fromAt: string; readonly toAt: string };
  readonly entry?: TestEntry;
}

const ENTRY = `id state place booking { id state origin fromAt toAt expiresAt priceMinor station { id } }`;
const JOIN = `mutation ($input: JoinWaitingListInput!) { answer: joinWaitingList(input: $input) {
  __typename ... on Refusal { message } ... on WaitingListJoined { sequence entry { ${ENTRY} } } ... on WishInvalid { reason }
  ... on SlotIsFree { alternative { stationId fromAt toAt } } ... on WaitingLimitReached { limit }
  ... on FamilyUnknown { families } } }`;
const LEAVE = `mutation ($input: LeaveWaitingListInput!) { answer: leaveWaitingList(input: $input) {
  __typename ... on Refusal { message } ... on WaitingListLeft { entry { ${ENTRY} } } ... on NotWaiting { state } } }`;
const MINE = `query ($coopId: ID!) { myWaiting(coopId: $coopId, first: 100) { edges { node { ${ENTRY} cell { id } } } } }`;

/** Asks to wait for a window of a cell, all or nothing unless `input` says otherwise. */
export async function joinQueue(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  { coopId, cellId }: Pick<TestCell, 'coopId' | 'cellId'>,
  [earliestAt, latestAt]: readonly [fromAt: string, toAt: string],
  input: object = {},
): Promise<WaitingAnswer> {
  const minutes = (Date.parse(latestAt) - Date.parse(earliestAt)) / 60_000;
  const asked = { coopId, cellId, earliestAt, latestAt, minutes, requestId: randomUUID(), ...input };
  const variables = { input: asked };
  return (await app.gql<{ answer: WaitingAnswer }>(JOIN, variables, { token: who.token })).answer;
}

/** A place in the queue that must be given; returns its id. */
export async function aPlace(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  cell: Pick<TestCell, 'coopId' | 'cellId'>,
  window: readonly [fromAt: string, toAt: string],
  input: object = {},
): Promise<string> {
  const answer = await joinQueue(app, who, cell, window, input);
  if (answer.entry === undefined) throw new Error(`Expected a place, got ${JSON.stringify(answer)}.`);
  return answer.entry.id;
}

export async function leaveQueue(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  input: { readonly coopId: string; readonly entryId: string; readonly requestId?: string },
): Promise<WaitingAnswer> {
  const variables = { input: { requestId: randomUUID(), ...input } };
  return (await app.gql<{ answer: WaitingAnswer }>(LEAVE, variables, { token: who.token })).answer;
}

/** The entries of a member, newest first. */
export async function entriesOf(
  app: Pick<TestApp, 'gql'>,
  who: Pick<TestPerson, 'token'>,
  coopId: string,
): Promise<TestEntry[]> {
  const { myWaiting } = await app.gql<{ myWaiting: { edges: { node: TestEntry }[] } }>(
    MINE,
    { coopId },
    { token: who.token },
  );
  return myWaiting.edges.map((edge) => edge.node);
}

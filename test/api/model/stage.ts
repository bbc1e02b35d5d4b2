import { randomUUID } from 'node:crypto';
import type { TestApp } from '../../support/app.js';
import { aCreditPack, quotas } from '../../support/builders/allowances.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop } from '../../support/builders/workshops.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { minuteOf } from './calendar.js';
import type { Row } from './changeovers.js';
import type { Pack } from './credits.js';
import type { ModelCell, Rules } from './world.js';

const CLIENTS = 16;
/** So many of the first members run the workshop. */
export const OPERATORS = 2;
const FAMILIES = ['black', 'blue', 'gold'];
const MATRIX: readonly Row[] = [
  { from: '*', to: '*', minutes: 30, costMinor: '100' },
  { from: 'black', to: 'gold', minutes: 120, costMinor: '900' },
  { from: 'gold', to: 'black', minutes: 90, costMinor: '700' },
  { from: '*', to: 'blue', minutes: 15, costMinor: '50' },
];
const WEEKLY_MINUTES = 240;
// The day before the clocks change.
const BEGINS = new Date('2027-03-27T12:00:00Z');

export const RULES: Rules = { holdLimit: 3, weekly: new Map([['print', WEEKLY_MINUTES]]) };

/** A workshop in Berlin with two cells of identical stations, a quota, prepaid hours for sale, and its members. */
export interface Stage {
  readonly coop: TestCoop;
  readonly members: readonly TestMember[];
  readonly cells: readonly ModelCell[];
  readonly packId: string;
}

export async function stage(app: TestApp): Promise<Stage> {
  await app.clock.freeze(BEGINS);
  const coop = await aCoop(app);
  const workshop = await aWorkshop(app, coop);
  const print = await aCell(app, workshop, { stations: 3 });
  const cut = await aCell(app, workshop, { kind: 'cut', name: 'Cut', stations: 2 });
  await setChangeovers(app, coop, print.cellId);
  const quota = {
    memberClass: 'standard',
    cellKind: 'print',
    period: 'week' as const,
    minutes: WEEKLY_MINUTES,
  };
  await quotas(app, coop, [quota]);
  const packId = await aCreditPack(app, coop, { name: 'Two hours', minutes: 120, validDays: 2 });
  const members: TestMember[] = [];
  for (let count = 0; count < CLIENTS; count += 1)
    members.push(await aMember(app, coop, count < OPERATORS ? ['member', 'operator'] : ['member']));
  const common = { gridMinutes: 30, maxMinutes: 480 };
  return {
    ...{ coop, members, packId },
    cells: [
      { ...print, ...common, kind: 'print', families: FAMILIES, defaultFamily: 'black', rows: MATRIX },
      { ...cut, ...common, kind: 'cut', families: [], defaultFamily: null, rows: [] },
    ],
  };
}

async function setChangeovers(app: TestApp, { coopId, admin }: TestCoop, cellId: string): Promise<void> {
  const input = { coopId, cellId, families: FAMILIES, defaultFamily: 'black', rows: MATRIX };
  const { answer } = await app.gql<{ answer: { __typename: string } }>(
    `mutation ($input: SetChangeoversInput!) { answer: setChangeovers(input: $input) { __typename
      ... on Refusal { message } } }`,
    { input },
    admin,
  );
  if (answer.__typename !== 'ChangeoversSet')
    throw new Error(`Expected ChangeoversSet, got ${JSON.stringify(answer)}.`);
}

/** Buys two prepaid hours, which pay for what starts within two days. */
export async function buyPack(
  api: Pick<GraphqlClient, 'gql'>,
  { coop: { coopId }, packId }: Stage,
  token: string,
): Promise<Pack> {
  const { answer } = await api.gql<{
    answer: { credits: { id: string; minutes: number; expiresAt: string } };
  }>(
    `mutation ($input: BuyCreditsInput!) { answer: buyCredits(input: $input) { __typename
      ... on CreditsBought { credits { id minutes expiresAt } } } }`,
    { input: { coopId, packId, requestId: randomUUID() } },
    { token },
  );
  const { id, minutes, expiresAt } = answer.credits;
  return { id, minutes, expiresAt: minuteOf(expiresAt) };
}

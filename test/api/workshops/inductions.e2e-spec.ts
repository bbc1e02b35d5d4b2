import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, type TestCoop, type TestMember } from '../../support/builders/membership.js';
import { aCell, aHold, aWorkshop, askForSlot, type TestCell } from '../../support/builders/workshops.js';
import { mutate, type Answer } from './mutate.js';

const NOW = '2026-11-18T08:00:00.000Z';
const NOON = ['2026-11-18T11:00:00Z', '2026-11-18T12:00:00Z'] as const;
const HOW = 'Ask an operator for the Tuesday tour.';

let app: TestApp;
let coop: TestCoop;
let member: TestMember;
let operator: TestMember;
let cell: TestCell;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});
beforeEach(async () => {
  await app.clock.freeze(new Date(NOW));
  coop = await aCoop(app);
  member = await aMember(app, coop);
  operator = await aMember(app, coop, ['operator']);
  cell = await aCell(app, await aWorkshop(app, coop));
});

const REQUIREMENT = 'InductionRequirementSet { cellKind requirement { howToGet } }';
const requireInduction = (howToGet: string | null, cellKind = 'print'): Promise<Answer> =>
  mutate(app, coop.admin, 'setInductionRequirement', REQUIREMENT, {
    ...{ coopId: coop.coopId, cellKind, howToGet },
  });
const GIVEN = `InductionGiven { induction { id accountId cellKind validFrom validUntil givenByName memberName } }
  ... on AlreadyInducted { induction { id } }`;
const give = (input: object, who: { token: string } = operator): Promise<Answer> =>
  mutate(app, who, 'giveInduction', GIVEN, {
    ...{ coopId: coop.coopId, accountId: member.accountId, cellKind: 'print' },
    ...input,
  });
const idOf = (answer: Answer): string => (answer['induction'] as { id: string }).id;
const revoke = (inductionId: string): Promise<Answer> =>
  mutate(
    app,
    operator,
    'revokeInduction',
    'InductionRevoked { induction { id revokedAt } }',
    {
      ...{ coopId: coop.coopId, inductionId },
    },
    '',
  );

interface Page {
  readonly inductions: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly accountId: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}
const list = async (who: { token: string }, args: object = {}): Promise<Page['inductions']> => {
  const query = `query ($coopId: ID!, $accountId: ID, $first: Int, $after: String) {
    inductions(coopId: $coopId, accountId: $accountId, first: $first, after: $after) {
      edges { node { id accountId } } pageInfo { hasNextPage endCursor } } }`;
  const variables = { coopId: coop.coopId, first: 20, ...args };
  return (await app.gql<Page>(query, variables, { token: who.token })).inductions;
};

describe('inductions', () => {
  it('refuse a member without one with how to get it, and let in who has it', async () => {
    await requireInduction(HOW);
    const refused = await askForSlot(app, member, cell, NOON);
    expect(refused.__typename).toBe('InductionNeeded');
    expect(refused.message).toContain(HOW);
    const given = await give({});
    expect(given).toMatchObject({
      __typename: 'InductionGiven',
      induction: { accountId: member.accountId, validFrom: NOW, validUntil: null },
    });
    await aHold(app, member, cell, NOON);
    await revoke(idOf(given));
    expect(await askForSlot(app, member, cell, NOON)).toMatchObject({ __typename: 'InductionNeeded' });
  });

  it('must cover the whole window, by one or by several that follow each other', async () => {
    await requireInduction(HOW);
    await give({ validUntil: '2026-11-18T11:30:00Z' });
    expect(await askForSlot(app, member, cell, NOON)).toMatchObject({ __typename: 'InductionNeeded' });
    await aHold(app, member, cell, ['2026-11-18T10:30:00Z', '2026-11-18T11:30:00Z']);
    await give({ validFrom: '2026-11-18T11:30:00Z', validUntil: '2026-11-18T12:00:00Z' });
    await aHold(app, member, cell, NOON);
    const later = ['2026-11-18T12:00:00Z', '2026-11-18T13:00:00Z'] as const;
    expect(await askForSlot(app, member, cell, later)).toMatchObject({ __typename: 'InductionNeeded' });
  });

  it('count for their own kind only, and are asked for until the co-op requires none', async () => {
    await requireInduction(HOW);
    await give({ cellKind: 'cut' });
    expect(await askForSlot(app, member, cell, NOON)).toMatchObject({ __typename: 'InductionNeeded' });
    expect(await requireInduction(null)).toMatchObject({ cellKind: 'print', requirement: null });
    await aHold(app, member, cell, NOON);
  });

  it('are shown on the cells that need them and in a list for anyone', async () => {
    await requireInduction('Once upon a time.');
    await requireInduction(HOW);
    const query = `query ($coopId: ID!, $workshopId: ID!) { inductionRequirements(coopId: $coopId) { cellKind howToGet }
      workshop(coopId: $coopId, id: $workshopId) { cells { inductionRequirement { howToGet } } } }`;
    expect(await app.gql(query, { coopId: coop.coopId, workshopId: cell.workshopId })).toEqual({
      inductionRequirements: [{ cellKind: 'print', howToGet: HOW }],
      workshop: { cells: [{ inductionRequirement: { howToGet: HOW } }] },
    });
  });

  it('are listed to their member, and to who runs the workshops all of them, page by page', async () => {
    const other = await aMember(app, coop);
    const mine = idOf(await give({}));
    const theirs = idOf(await give({ accountId: other.accountId }));
    const ids = (page: Page['inductions']): string[] => page.edges.map((edge) => edge.node.id);
    expect(ids(await list(member))).toEqual([mine]);
    expect(ids(await list(member, { accountId: other.accountId }))).toEqual([]);
    expect(ids(await list(operator))).toEqual([theirs, mine]);
    expect(ids(await list(coop.admin, { accountId: member.accountId }))).toEqual([mine]);
    const first = await list(operator, { first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(ids(await list(operator, { first: 1, after: first.pageInfo.endCursor }))).toEqual([mine]);
  });

  it('are given once for a time, and again once the one before is revoked', async () => {
    const first = idOf(await give({ validUntil: '2026-12-01T00:00:00Z' }));
    const again = await give({ validFrom: '2026-11-30T00:00:00Z' });
    expect(again).toMatchObject({ __typename: 'AlreadyInducted', induction: { id: first } });
    expect(await give({ validFrom: '2026-12-01T00:00:00Z' })).toMatchObject({ __typename: 'InductionGiven' });
    const revoked = await revoke(first);
    expect(revoked).toMatchObject({ __typename: 'InductionRevoked', induction: { revokedAt: NOW } });
    await app.clock.freeze(new Date('2026-11-18T08:05:00Z'));
    expect(await revoke(first)).toEqual(revoked);
    expect(await give({ validUntil: '2026-12-01T00:00:00Z' })).toMatchObject({
      __typename: 'InductionGiven',
    });
  });

  it('gives one of twenty that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => give({})));
    const kinds = Map.groupBy(answers, (answer) => answer.__typename);
    expect(kinds.get('InductionGiven')).toHaveLength(1);
    expect(kinds.get('AlreadyInducted')).toHaveLength(19);
  });
});

describe('bad input', () => {
  it('refuses an end before the start, a kind that is none and a way to get it that says nothing', async () => {
    expect(await give({ validUntil: NOW })).toMatchObject({
      __typename: 'InputRefused',
      field: 'validUntil',
    });
    expect(await give({ cellKind: 'Print!' })).toMatchObject({
      __typename: 'InputRefused',
      field: 'cellKind',
    });
    expect(await requireInduction(' ')).toMatchObject({ __typename: 'InputRefused', field: 'howToGet' });
    expect(await requireInduction(HOW, 'P')).toMatchObject({ __typename: 'InputRefused', field: 'cellKind' });
  });

  it('finds no member and no induction of another co-op', async () => {
    const foreign = await aCoop(app);
    const stranger = await aMember(app, foreign);
    for (const accountId of [stranger.accountId, 'none'])
      expect(await give({ accountId })).toMatchObject({ __typename: 'NotFound' });
    const id = idOf(await give({}));
    const input = { coopId: foreign.coopId, inductionId: id };
    const success = 'InductionRevoked { induction { id } }';
    expect(await mutate(app, foreign.admin, 'revokeInduction', success, input, '')).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await revoke('none')).toMatchObject({ __typename: 'NotFound' });
    await expect(list(stranger)).rejects.toThrow('FORBIDDEN');
  });

  it('lets members neither give nor require inductions', async () => {
    await expect(give({}, member)).rejects.toThrow('FORBIDDEN');
    const input = { coopId: coop.coopId, cellKind: 'print', howToGet: HOW };
    await expect(mutate(app, operator, 'setInductionRequirement', REQUIREMENT, input)).rejects.toThrow(
      'FORBIDDEN',
    );
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { anEdition } from '../../support/builders/catalog.js';
import { type TestCoop, aCollector, aCoop, aMember } from '../../support/builders/membership.js';
import {
  DAY_MS,
  OPEN_DROP,
  aDrop,
  anOpenDrop,
  askForUnits,
  brokenInvariants,
  seenDrop,
  type DropAnswer,
} from '../../support/builders/orders.js';
import { until } from '../../support/until.js';

const MINUTE_MS = 60_000;

describe('a drop', () => {
  let app: TestApp;
  let coop: TestCoop;
  beforeAll(async () => {
    app = await startTestApp();
    coop = await aCoop(app);
  });
  afterAll(async () => {
    expect(await brokenInvariants(app)).toEqual({});
    await app.stop();
  });

  const inMs = async (ms: number) => new Date((await app.clock.now()).getTime() + ms).toISOString();
  const openDrop = async (input: object) => {
    const asked = {
      coopId: coop.coopId,
      closesAt: await inMs(7 * DAY_MS),
      requestId: randomUUID(),
      ...input,
    };
    return (await app.gql<{ openDrop: DropAnswer }>(OPEN_DROP, { input: asked }, coop.admin)).openDrop;
  };

  it('waits for the chain before it takes orders', async () => {
    const drop = await aDrop(app, coop);
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'OPENING', unitsLeft: 50 });
    expect(await askForUnits(app, coop.admin, drop)).toMatchObject({
      __typename: 'DropNotOpen',
      state: 'OPENING',
    });
  });

  it('asks the chain to commit the edition, in the same transaction', async () => {
    const { editionId } = await aDrop(app, coop);
    expect(
      await app.database.query(`select purpose from chain_call where subject_id = $1`, [editionId]),
    ).toEqual([{ purpose: 'open_edition' }]);
  });

  it('takes orders once the edition is committed', async () => {
    const drop = await anOpenDrop(app, coop);
    expect(await seenDrop(app, drop)).toMatchObject({ state: 'OPEN' });
    expect(await askForUnits(app, coop.admin, drop)).toMatchObject({ __typename: 'OrderPlaced' });
  });

  it.each([
    ['a minute under a day', DAY_MS - MINUTE_MS],
    ['a minute over 14 days', 14 * DAY_MS + MINUTE_MS],
    ['yesterday', -DAY_MS],
  ])('refuses a commit window that closes %s', async (_, ms) => {
    const { editionId } = await anEdition(app, coop);
    expect(await openDrop({ editionId, closesAt: await inMs(ms) })).toMatchObject({
      __typename: 'CommitWindowInvalid',
      shortestDays: 1,
      longestDays: 14,
    });
  });

  it('refuses a minimum above the size of the edition', async () => {
    const { editionId } = await anEdition(app, coop);
    expect(await openDrop({ editionId, minimumUnits: 51 })).toMatchObject({
      __typename: 'InputRefused',
      field: 'minimumUnits',
    });
  });

  it('is the only one of its edition', async () => {
    const { editionId } = await aDrop(app, coop);
    expect(await openDrop({ editionId })).toMatchObject({ __typename: 'DropExists' });
  });

  it("finds no edition by another co-op's id, by an unknown one, or by what is no id", async () => {
    const theirs = await anEdition(app, await aCoop(app));
    for (const editionId of [theirs.editionId, randomUUID(), 'no id'])
      expect(await openDrop({ editionId })).toMatchObject({ __typename: 'NotFound', what: 'edition' });
  });

  it('is the same for the same request, and refuses the request with another input', async () => {
    const { editionId } = await anEdition(app, coop);
    const input = { editionId, closesAt: await inMs(3 * DAY_MS), requestId: randomUUID() };
    const [first, again] = [await openDrop(input), await openDrop(input)];
    expect(again).toEqual(first);
    expect(await openDrop({ ...input, minimumUnits: 5 })).toMatchObject({ __typename: 'RequestIdReused' });
  });

  it('is opened by members and admins only', async () => {
    const { editionId } = await anEdition(app, coop);
    const input = {
      coopId: coop.coopId,
      editionId,
      closesAt: await inMs(DAY_MS * 2),
      requestId: randomUUID(),
    };
    for (const caller of [await aCollector(app), await aMember(app, coop, ['operator'])]) {
      const { errors } = await app.ask(OPEN_DROP, { input }, caller);
      expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });

  it('is listed from new to old with its edition and co-op', async () => {
    const shown = await aCoop(app);
    const made = [await aDrop(app, shown), await aDrop(app, shown)];
    const { drops } = await app.gql<{
      drops: { edges: { node: { id: string; edition: object; coop: object } }[] };
    }>(
      `query ($coopId: ID!) { drops(coopId: $coopId) { edges { node {
        id edition { id drop { id } work { title } } coop { id } } } } }`,
      { coopId: shown.coopId },
    );
    expect(drops.edges.map((edge) => edge.node)).toMatchObject(
      made.reverse().map(({ dropId, editionId, coopId }) => ({
        id: dropId,
        edition: { id: editionId, drop: { id: dropId }, work: { title: 'Heron' } },
        coop: { id: coopId },
      })),
    );
  });

  describe('at once', () => {
    it('opens once when twenty ask for it', async () => {
      const { editionId } = await anEdition(app, coop);
      const asked = await Promise.all(Array.from({ length: 20 }, () => openDrop({ editionId })));
      expect(asked.filter((one) => one.__typename === 'DropOpening')).toHaveLength(1);
      expect(asked.filter((one) => one.__typename === 'DropExists')).toHaveLength(19);
    });
  });
});

describe('a drop beside a running worker', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('opens by itself when the chain has committed its edition', async () => {
    const coop = await aCoop(app);
    const drop = await aDrop(app, coop);
    await until('the drop to open', async () => (await seenDrop(app, drop)).state === 'OPEN');
    expect(await askForUnits(app, coop.admin, drop)).toMatchObject({ __typename: 'OrderPlaced' });
    expect(await brokenInvariants(app)).toEqual({});
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import {
  CREATE_EDITION,
  CREATE_WORK,
  aWork,
  anEdition,
  workInput,
  type EditionAnswer,
  type WorkAnswer,
} from '../../support/builders/catalog.js';
import { type TestCoop, aCollector, aCoop, aMember } from '../../support/builders/membership.js';
import { aProposal, anAgreement } from '../../support/builders/payouts.js';

const WORKS = `query ($coopId: ID!, $first: Int!, $after: String) { works(coopId: $coopId, first: $first, after: $after) {
  edges { node { id sku recipe { position cellKind } editions { gtin made work { sku } drop { id } } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Works {
  readonly works: {
    readonly edges: {
      readonly node: { readonly id: string; readonly recipe: object[]; readonly editions: object[] };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('the catalog', () => {
  let app: TestApp;
  let coop: TestCoop;
  let versionId: string;
  beforeAll(async () => {
    app = await startTestApp();
    coop = await aCoop(app);
    ({ versionId } = await anAgreement(app, coop, [coop.admin], ['1']));
  });
  afterAll(async () => {
    await app.stop();
  });

  const createWork = async (input: object, as: { token: string } = coop.admin) =>
    (await app.gql<{ createWork: WorkAnswer }>(CREATE_WORK, { input }, as)).createWork;
  const createEdition = async (input: object) =>
    (await app.gql<{ createEdition: EditionAnswer }>(CREATE_EDITION, { input }, coop.admin)).createEdition;
  const edition = (workId: string, overrides: object = {}) => ({
    ...{ coopId: coop.coopId, workId, size: 50, unitPriceMinor: '4500', agreementVersionId: versionId },
    ...{ requestId: randomUUID(), ...overrides },
  });

  it('keeps the recipe of a work in its order', async () => {
    const { work } = await createWork(workInput(coop));
    expect(work?.recipe).toEqual([
      { position: 1, cellKind: 'print', name: 'Print', setupMinutes: 30, minutesPerUnit: 2 },
      { position: 2, cellKind: 'qa', name: 'Inspect', setupMinutes: 0, minutesPerUnit: 1 },
    ]);
  });

  it('gives a work once for one request, and refuses the request with another input', async () => {
    const input = workInput(coop);
    const [first, again] = [await createWork(input), await createWork(input)];
    expect(again).toEqual(first);
    expect(await createWork({ ...input, title: 'Another' })).toMatchObject({ __typename: 'RequestIdReused' });
  });

  it('refuses a second work with the same SKU', async () => {
    const input = workInput(coop);
    await createWork(input);
    expect(await createWork({ ...input, requestId: randomUUID() })).toMatchObject({ __typename: 'SkuTaken' });
  });

  it('refuses a work without a recipe and names the field', async () => {
    expect(await createWork({ ...workInput(coop), recipe: [] })).toMatchObject({
      __typename: 'InputRefused',
      field: 'recipe',
    });
  });

  it('refuses a null character instead of failing on it', async () => {
    expect(await createWork({ ...workInput(coop), materials: 'paper\u0000' })).toMatchObject({
      __typename: 'InputRefused',
    });
  });

  it('gives editions the GTINs of the range in turn, with a right check digit', async () => {
    const fresh = await aCoop(app, { gtinPrefix: '4012345678' });
    const made = [await anEdition(app, fresh), await anEdition(app, fresh)];
    const numbers = made.map((one) => one.gtin);
    expect(numbers.map((gtin) => gtin.slice(0, 11))).toEqual(['04012345678', '04012345678']);
    expect(numbers.map((gtin) => Number(gtin.slice(11, 13)))).toEqual([1, 2]);
    for (const gtin of numbers) {
      const sum = [...gtin].reduce(
        (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1),
        0,
      );
      expect(sum % 10).toBe(0);
    }
  });

  it.each([0, -1, 1_000_001])('refuses an edition of %d pieces', async (size) => {
    const workId = await aWork(app, coop);
    expect(await createEdition(edition(workId, { size }))).toMatchObject({
      __typename: 'InputRefused',
      field: 'size',
    });
  });

  it('accepts an edition of 1 and of 1,000,000 pieces', async () => {
    const workId = await aWork(app, coop);
    for (const size of [1, 1_000_000])
      expect(await createEdition(edition(workId, { size }))).toMatchObject({ edition: { size } });
  });

  it('refuses a price of nothing', async () => {
    const workId = await aWork(app, coop);
    expect(await createEdition(edition(workId, { unitPriceMinor: '0' }))).toMatchObject({
      __typename: 'InputRefused',
      field: 'unitPriceMinor',
    });
  });

  it('refuses an agreement that a party has not approved', async () => {
    const proposal = await aProposal(app, coop, [await aMember(app, coop)], ['1']);
    const workId = await aWork(app, coop);
    expect(await createEdition(edition(workId, { agreementVersionId: proposal.versionId }))).toMatchObject({
      __typename: 'AgreementNotActive',
    });
  });

  it("finds no work and no agreement by another co-op's ids, by unknown ones, or by what is no id", async () => {
    const other = await aCoop(app);
    const theirs = await anAgreement(app, other, [other.admin], ['1']);
    const [theirWork, ourWork] = [await aWork(app, other), await aWork(app, coop)];
    for (const workId of [theirWork, randomUUID(), 'no id'])
      expect(await createEdition(edition(workId))).toMatchObject({ __typename: 'NotFound', what: 'work' });
    for (const agreementVersionId of [theirs.versionId, randomUUID(), 'no id'])
      expect(await createEdition(edition(ourWork, { agreementVersionId }))).toMatchObject({
        __typename: 'NotFound',
        what: 'agreement version',
      });
  });

  it('lets only members and admins of the co-op make works', async () => {
    const collector = await aCollector(app);
    const treasurer = await aMember(app, coop, ['treasurer']);
    for (const caller of [collector, treasurer]) {
      const { errors } = await app.ask(CREATE_WORK, { input: workInput(coop) }, caller);
      expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const { errors } = await app.ask(CREATE_WORK, { input: workInput(coop) });
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('answers a malformed requestId as bad input', async () => {
    const input = { ...workInput(coop), requestId: 'once' };
    const { errors } = await app.ask(CREATE_WORK, { input }, coop.admin);
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('shows everybody the works from new to old, page by page, with their editions', async () => {
    const shown = await aCoop(app);
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) made.push((await anEdition(app, shown)).workId);
    const page = (after?: string) => app.gql<Works>(WORKS, { coopId: shown.coopId, first: 2, after });
    const first = (await page()).works;
    const second = (await page(first.pageInfo.endCursor)).works;
    expect([...first.edges, ...second.edges].map((edge) => edge.node.id)).toEqual(made.reverse());
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect(first.edges[0]?.node.editions).toMatchObject([{ made: 0, drop: null }]);
    expect(first.edges[0]?.node.recipe).toHaveLength(2);
  });

  it('refuses a forged cursor and answers an id of nothing with nothing', async () => {
    const after = Buffer.from(JSON.stringify(['then', 'there'])).toString('base64url');
    const { errors } = await app.ask(WORKS, { coopId: coop.coopId, first: 2, after });
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const nothing = await app.gql<{ work: null; edition: null }>(
      `query ($id: ID!) { work(coopId: $id, id: "x") { id } edition(coopId: $id, id: $id) { id } }`,
      { id: randomUUID() },
    );
    expect(nothing).toEqual({ work: null, edition: null });
  });

  describe('at once', () => {
    it('gives twenty editions twenty GTINs', async () => {
      const workId = await aWork(app, coop);
      const made = await Promise.all(Array.from({ length: 20 }, () => createEdition(edition(workId))));
      expect(new Set(made.map((one) => one.edition?.gtin)).size).toBe(20);
    });

    it('gives one of twenty the SKU that all ask for', async () => {
      const input = workInput(coop);
      const asked = await Promise.all(
        Array.from({ length: 20 }, () => createWork({ ...input, requestId: randomUUID() })),
      );
      expect(asked.filter((one) => one.__typename === 'WorkCreated')).toHaveLength(1);
      expect(asked.filter((one) => one.__typename === 'SkuTaken')).toHaveLength(19);
    });

    it('makes one edition for twenty copies of one request', async () => {
      const input = edition(await aWork(app, coop));
      const made = await Promise.all(Array.from({ length: 20 }, () => createEdition(input)));
      expect(new Set(made.map((one) => one.edition?.id)).size).toBe(1);
    });
  });
});

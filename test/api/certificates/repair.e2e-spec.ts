import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  brokenProofs,
  certificatesOf,
  passAll,
  startPublisher,
  verified,
} from '../../support/builders/certificates.js';
import { readyIssuer } from '../../support/builders/chain.js';
import { aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { until } from '../../support/until.js';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly batch?: { readonly id: string; readonly state: string };
}

const REPAIR = `mutation ($input: RepairBatchInput!) { repairBatch(input: $input) { __typename
  ... on Refusal { message } ... on BatchProposedAgain { batch { id state refusal } } } }`;

describe('a batch that the publisher refused', () => {
  let app: TestApp;
  const coops: TestCoop[] = [];
  const runs: TestRun[] = [];
  const stops: (() => Promise<unknown>)[] = [];
  const editionOf = (place: number): string => runs[place]?.editionId ?? 'missing';

  const coopOf = (place: number): TestCoop => {
    const coop = coops[place];
    if (coop === undefined) throw new Error(`There is no co-op ${String(place)}.`);
    return coop;
  };
  const repair = async (place: number, remedy: string, changes: object = {}): Promise<Answer> => {
    const [batch] = await batchesOf(app, editionOf(place));
    const coop = coopOf(place);
    const asked = { coopId: coop.coopId, batchId: batch?.id, remedy, requestId: randomUUID() };
    const input = { ...asked, words: 'A row was edited by hand.', ...changes };
    return (await app.gql<{ repairBatch: Answer }>(REPAIR, { input }, coop.admin)).repairBatch;
  };
  const inState = (place: number, state: string): Promise<unknown> =>
    until(
      `the batch to be ${state}`,
      async () => (await batchesOf(app, editionOf(place)))[0]?.state === state,
    );

  beforeAll(async () => {
    app = await startTestApp({ env: { CHECKS_PER_MINUTE: '1000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    const made = [];
    for (const pieces of [2, 1]) {
      const coop = await aCoop(app);
      coops.push(coop);
      made.push(await aMadeRun(app, coop, [pieces]));
    }
    await app.nest.get(JobRunner).start();
    for (const { coopId } of coops) await readyIssuer(app, coopId);
    for (const run of made) await passAll(app, run);
    for (const run of made)
      await until('the batch', async () => (await batchesOf(app, run.editionId)).length === 1);
    runs.push(...made);
    // Making the pieces takes longer than a token lives.
    for (const [place, coop] of coops.entries())
      coops[place] = { ...coop, admin: { ...coop.admin, token: await signedIn(app, coop.admin.email) } };
    const [first] = await certificatesOf(app, editionOf(0));
    await app.database.query(
      `update certificate set document = replace(document, 'Heron', 'Egret'),
         claim_key = '0x' || repeat('ab', 20) where id = $1`,
      [first?.id],
    );
    await app.database.query(
      `update quality_record set outcome = 'failed', remedy = 'refund' where unit_id =
         (select unit_id from certificate where edition_id = $1)`,
      [editionOf(1)],
    );
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('is repaired only once it was refused', async () => {
    expect((await repair(0, 'JUDGE_AGAIN')).message).toContain('has not refused');
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await inState(0, 'refused');
    await inState(1, 'refused');
  });

  it('is shown to the console with the reason', async () => {
    const { anchorBatches } = await app.gql<{ anchorBatches: { edges: { node: object }[] } }>(
      `query ($coopId: ID!, $editionId: ID) { anchorBatches(coopId: $coopId, editionId: $editionId) {
        edges { node { editionId firstSerial unitCount state refusal } } } }`,
      { coopId: coopOf(0).coopId, editionId: editionOf(0) },
      coopOf(0).admin,
    );
    expect(anchorBatches.edges.map(({ node }) => node)).toEqual([
      {
        ...{ editionId: editionOf(0), firstSerial: 1, unitCount: 2, state: 'REFUSED' },
        refusal: 'serial 1: its document was changed',
      },
    ]);
  });

  it('is refused again while nothing was put right', async () => {
    expect(await repair(0, 'JUDGE_AGAIN')).toMatchObject({
      __typename: 'BatchProposedAgain',
      batch: { state: 'PROPOSED' },
    });
    await inState(0, 'refused');
  });

  it.each([
    ['no words', { words: ' ' }, 'InputRefused'],
    ['no batch of the co-op', { batchId: randomUUID() }, 'NotFound'],
    ['an id that is none', { batchId: 'x' }, 'NotFound'],
  ])('is not repaired with %s', async (_, changes, kind) => {
    expect((await repair(0, 'ISSUE_ANEW', changes)).__typename).toBe(kind);
  });

  it('is for admins only', async () => {
    const operator = await aMember(app, coopOf(0), ['operator']);
    const input = { coopId: coopOf(0).coopId, batchId: randomUUID(), remedy: 'ISSUE_ANEW', words: 'x' };
    const answer = await app.ask(REPAIR, { input: { ...input, requestId: randomUUID() } }, operator);
    expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('is anchored after its certificates were issued anew, once when ten ask at once, with the keys in their seals', async () => {
    const sealed = `select sealed_claim_key from certificate where edition_id = $1 order by serial`;
    const before = await app.database.query(sealed, [editionOf(0)]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => repair(0, 'ISSUE_ANEW')));
    expect(answers.map((answer) => answer.__typename).sort()).toEqual([
      ...Array<string>(9).fill('BatchNotRepairable'),
      'BatchProposedAgain',
    ]);
    await inState(0, 'anchored');
    await allFinal(app, coopOf(0).coopId);
    for (const { id } of await certificatesOf(app, editionOf(0)))
      await until(
        'it to be genuine',
        async () => (await verified(app, { certificateId: id })).word === 'GENUINE',
      );
    expect(await app.database.query(sealed, [editionOf(0)])).toEqual(before);
    const decisions = await app.database.query<{ remedy: string }>(
      'select remedy, refusal from batch_repair order by id',
    );
    expect(decisions).toEqual([
      { remedy: 'judge_again', refusal: 'serial 1: its document was changed' },
      { remedy: 'issue_anew', refusal: 'serial 1: its document was changed' },
    ]);
  });

  it('is refused for ever when its piece did not pass, whatever is issued anew', async () => {
    await repair(1, 'ISSUE_ANEW');
    await inState(1, 'refused');
    const [batch] = await batchesOf(app, editionOf(1));
    expect(batch?.refusal).toContain('no quality record says that its unit passed');
    expect(Object.keys(await brokenProofs(app)).sort()).toEqual([
      'a certificate is of a unit that passed, with the serial of the unit',
      'the publisher has refused no batch',
    ]);
  });
});

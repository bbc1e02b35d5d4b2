import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  brokenProofs,
  bundleOf,
  certificatesOf,
  startPublisher,
  verified,
} from '../../support/builders/certificates.js';
import { outbox } from '../../support/builders/chain.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { passUnit, START, unitsOf } from '../../support/builders/production.js';
import { until } from '../../support/until.js';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
}

const LAST = `query ($coopId: ID!, $editionId: ID!) { lastBatch(coopId: $coopId, editionId: $editionId) {
  batchId firstSerial unitCount root obstacle } }`;
const VOID = `mutation ($input: VoidLastBatchInput!) { voidLastBatch(input: $input) { __typename
  ... on Refusal { message } } }`;
const REPAIR = `mutation ($input: RepairBatchInput!) { repairBatch(input: $input) { __typename
  ... on Refusal { message } } }`;

describe('two batches of an edition that is closed already', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: Awaited<ReturnType<typeof aMadeRun>>;
  const stops: (() => Promise<unknown>)[] = [];
  const admin = async () => ({ token: await signedIn(app, coop.admin.email) });
  const anchoredIs = (count: number): Promise<unknown> =>
    until(`${String(count)} batches to be anchored`, async () => {
      const batches = await batchesOf(app, run.editionId);
      return batches.filter(({ state }) => state === 'anchored').length === count;
    });
  const last = async () => {
    const asked = { coopId: coop.coopId, editionId: run.editionId };
    const { lastBatch } = await app.gql<{
      lastBatch: { batchId: string; firstSerial: number; root: string; obstacle: string | null } | null;
    }>(LAST, asked, await admin());
    if (lastBatch === null) throw new Error('Expected a last batch.');
    return lastBatch;
  };
  const voidLast = async (): Promise<string> => {
    const { batchId, firstSerial, root } = await last();
    const input = { coopId: coop.coopId, editionId: run.editionId, firstSerial, root, words: 'x' };
    const asked = { input: { ...input, requestId: randomUUID() } };
    const answer = (await app.gql<{ voidLastBatch: Answer }>(VOID, asked, await admin())).voidLastBatch;
    expect(answer).toEqual({ __typename: 'LastBatchVoided' });
    await until('the batch to be voided', async () =>
      (await batchesOf(app, run.editionId)).some(({ id, state }) => id === batchId && state === 'voided'),
    );
    return batchId;
  };
  const issueAnew = async (batchId: string): Promise<string> => {
    const input = { coopId: coop.coopId, batchId, remedy: 'ISSUE_ANEW', words: 'x', requestId: randomUUID() };
    return (await app.gql<{ repairBatch: Answer }>(REPAIR, { input }, await admin())).repairBatch.__typename;
  };
  const word = async (bundle: string): Promise<string> => (await verified(app, { bundle })).word;

  beforeAll(async () => {
    app = await startTestApp({ env: { CHECKS_PER_MINUTE: '10000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    run = await aMadeRun(app, coop, [3], { objectionDays: 1 });
    await app.nest.get(JobRunner).start();
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    const token = await signedIn(app, run.operator.email);
    const [one, two, three] = await unitsOf(app, run.runId);
    for (const unit of [one, two]) await passUnit(app, { token }, run.coopId, unit?.id ?? '');
    await until('two certificates', async () => (await certificatesOf(app, run.editionId)).length === 2);
    // The oldest has waited for a minute.
    await app.clock.freeze(new Date((await app.clock.now()).getTime() + 61_000));
    await anchoredIs(1);
    await passUnit(app, { token: await signedIn(app, run.operator.email) }, run.coopId, three?.id ?? '');
    await anchoredIs(2);
    // Closed at what was made, while it can be objected to.
    await until('the edition to be closed', async () =>
      (await outbox(app, coop.coopId)).some(({ purpose }) => purpose === 'close_edition'),
    );
    await allFinal(app, coop.coopId);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('are voided one after the other from the last on, and certified anew in whatever order that is asked for', async () => {
    const kept = await Promise.all(
      (await certificatesOf(app, run.editionId)).map(({ id }) => bundleOf(app, id)),
    );
    const closing = (await outbox(app, coop.coopId)).filter(({ purpose }) => purpose === 'close_edition');
    expect(closing.map(({ state }) => state)).toEqual(['final']);
    const second = await voidLast();
    const first = await voidLast();
    expect(first).not.toBe(second);
    expect(await brokenProofs(app)).toEqual({});
    expect(await issueAnew(second)).toBe('BatchProposedAgain');
    expect(await issueAnew(first)).toBe('BatchProposedAgain');
    await until('all to be anchored', async () => {
      const batches = await batchesOf(app, run.editionId);
      return (
        batches.filter(({ state }) => state === 'anchored').reduce((sum, b) => sum + b.unit_count, 0) === 3
      );
    });
    await allFinal(app, coop.coopId);
    expect(await Promise.all(kept.map(word))).toEqual(['NOT_GENUINE', 'NOT_GENUINE', 'NOT_GENUINE']);
    for (const { id } of await certificatesOf(app, run.editionId))
      expect((await verified(app, { certificateId: id })).word).toBe('PROVISIONAL');
    expect(await brokenProofs(app)).toEqual({});
  });
});

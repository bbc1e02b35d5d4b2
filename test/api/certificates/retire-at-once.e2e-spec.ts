import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
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
import { readyIssuer, stored } from '../../support/builders/chain.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { START } from '../../support/builders/production.js';
import { until } from '../../support/until.js';

describe('a signer that somebody else may hold', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: Awaited<ReturnType<typeof aMadeRun>>;
  let issuer: `0x${string}`;
  const stops: (() => Promise<unknown>)[] = [];
  const nextKey = generatePrivateKey();
  const next = privateKeyToAccount(nextKey).address.toLowerCase() as `0x${string}`;
  const stolen = (): `0x${string}` => app.chain.accounts.signer.address.toLowerCase() as `0x${string}`;

  const changed = async (operation: string, input: object): Promise<string> => {
    const type = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input`;
    const { answer } = await app.gql<{ answer: { __typename: string } }>(
      `mutation ($input: ${type}!) { answer: ${operation}(input: $input) { __typename } }`,
      { input: { coopId: coop.coopId, requestId: randomUUID(), ...input } },
      { token: await signedIn(app, coop.admin.email) },
    );
    return answer.__typename;
  };
  const batchState = async (state: string): Promise<unknown> =>
    until(`the batch to be ${state}`, async () => (await batchesOf(app, run.editionId))[0]?.state === state);

  beforeAll(async () => {
    app = await startTestApp();
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    run = await aMadeRun(app, coop, [2]);
    await app.nest.get(JobRunner).start();
    issuer = await readyIssuer(app, coop.coopId);
    await passAll(app, run);
    await batchState('proposed');
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('is retired at once, though not all that it signed is anchored', async () => {
    writeFileSync(join(app.chain.keysDir, 'signer.next.key'), nextKey);
    expect(await changed('rotateSigner', {})).toBe('SignerRotated');
    await until(
      'the next key to sign',
      async () =>
        (
          await app.database.query('select 1 from issuer where coop_id = $1 and signer = $2', [
            coop.coopId,
            next,
          ])
        ).length === 1,
    );
    const words = 'A laptop was stolen.';
    expect(await changed('retireSigner', { address: stolen(), words, atOnce: true })).toBe('SignerRetired');
    await allFinal(app, coop.coopId);
    expect(Number((await stored(app.chain, 'signerOf', [issuer, stolen()]))[1])).toBeGreaterThan(0);
    expect((await batchesOf(app, run.editionId))[0]?.state).toBe('proposed');
  });

  it('signs nothing that the publisher would take from then on', async () => {
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await batchState('refused');
    expect((await batchesOf(app, run.editionId))[0]?.refusal).toContain("not signed by the issuer's signer");
  });

  it('loses no piece: what it had signed is issued anew by the next key, and genuine', async () => {
    const [batch] = await batchesOf(app, run.editionId);
    const words = 'Signed anew after the theft.';
    expect(await changed('repairBatch', { batchId: batch?.id, remedy: 'ISSUE_ANEW', words })).toBe(
      'BatchProposedAgain',
    );
    await batchState('anchored');
    await allFinal(app, coop.coopId);
    for (const { id } of await certificatesOf(app, run.editionId))
      await until(
        'it to be genuine',
        async () => (await verified(app, { certificateId: id })).word === 'GENUINE',
      );
    expect(await app.database.query('select distinct signer from certificate')).toEqual([{ signer: next }]);
    expect(await brokenProofs(app)).toEqual({});
  });
});

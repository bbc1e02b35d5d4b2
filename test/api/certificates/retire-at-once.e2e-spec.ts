import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { Issuers } from '../../../apps/api/src/chain/index.js';
import { SetUpIssuer } from '../../../apps/api/src/chain/set-up-issuer/set-up-issuer.js';
import { Database } from '../../../apps/api/src/platform/database/index.js';
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

  it('signs nothing that the publisher would take from the asking on, though no block has it yet', async () => {
    // No worker: what is asked for waits.
    const quiet = await startTestApp({ chain: app.chain });
    stops.push(() => quiet.stop());
    const { coopId, admin } = await aCoop(quiet);
    await quiet.nest.get(SetUpIssuer, { strict: false }).run(coopId);
    const [slow, current] = [1, 2].map(() => privateKeyToAccount(generatePrivateKey()).address.toLowerCase());
    await quiet.database.query(
      `insert into issuer_key (coop_id, id, purpose, address, requested_at)
       select $1, uuidv7(), 'signer', address, now() from unnest($2::text[]) as address`,
      [coopId, [slow, current]],
    );
    await quiet.database.query('update issuer_key set valid_from = now() where coop_id = $1', [coopId]);
    await quiet.database.query('update issuer set ready_at = now(), signer = $2 where coop_id = $1', [
      coopId,
      current,
    ]);
    const inForce = async (): Promise<unknown> =>
      (
        await quiet.nest
          .get(Issuers, { strict: false })
          .signersInForce(quiet.nest.get(Database, { strict: false }), coopId)
      ).toSorted();
    for (const [address, atOnce] of [
      [slow, false],
      [stolen(), true],
    ])
      await quiet.gql(
        `mutation ($input: RetireSignerInput!) { retireSigner(input: $input) { __typename } }`,
        { input: { coopId, address, atOnce, words: 'A laptop was stolen.', requestId: randomUUID() } },
        { token: admin.token },
      );
    expect(await inForce()).toEqual([slow, current].toSorted());
  });
});

import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssueCertificate } from '../../../apps/api/src/certificates/issue-certificate/issue-certificate.js';
import { openClaimKey } from '../../../apps/api/src/certificates/issue-certificate/seal.js';
import { ProposeBatches } from '../../../apps/api/src/certificates/propose-batches/propose-batches.js';
import { PublishBatch } from '../../../apps/api/src/certificates/publish-batch/publish-batch.js';
import { SetUpIssuer } from '../../../apps/api/src/chain/set-up-issuer/set-up-issuer.js';
import { KeyRing } from '../../../apps/api/src/chain/index.js';
import { addressOfKey } from '@touchmark/certificates';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  batchesOf,
  certificatesOf,
  passAll,
  startPublisher,
} from '../../support/builders/certificates.js';
import { aCoop, type TestCoop } from '../../support/builders/membership.js';
import { START, unitsOf, type TestRun } from '../../support/builders/production.js';

const times = <Result>(count: number, work: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, work));

describe('certificates, with no worker running', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: TestRun;
  let publisher: INestApplicationContext;
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    app = await startTestApp();
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [3]);
    run = made;
    await app.nest.get(SetUpIssuer, { strict: false }).run(coop.coopId);
    await passAll(app, made);
    publisher = await startPublisher(app);
    stops.push(() => publisher.close());
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  describe('at once', () => {
    it('gives each of three units one certificate when ten jobs issue each of them', async () => {
      const issue = app.nest.get(IssueCertificate, { strict: false });
      const units = await unitsOf(app, run.runId);
      await Promise.all(units.map(({ id }) => times(10, () => issue.run(coop.coopId, id))));
      expect((await certificatesOf(app, run.editionId)).map(({ serial }) => serial)).toEqual([1, 2, 3]);
    });

    it('proposes one batch when ten sweeps run', async () => {
      await times(10, () => app.nest.get(ProposeBatches, { strict: false }).run());
      const batches = await batchesOf(app, run.editionId);
      expect(batches.map((batch) => [batch.first_serial, batch.unit_count])).toEqual([[1, 3]]);
    });

    it('signs a batch once and enqueues one anchor when ten publishers judge it', async () => {
      const [batch] = await batchesOf(app, run.editionId);
      await times(10, () => publisher.get(PublishBatch, { strict: false }).run(coop.coopId, batch?.id ?? ''));
      expect((await batchesOf(app, run.editionId)).map(({ state }) => state)).toEqual(['signed']);
      const anchors = await app.database.query(`select state from chain_call where purpose = 'anchor'`);
      expect(anchors).toEqual([{ state: 'queued' }]);
    });
  });

  it('seals with each piece the key of the address that its certificate names', async () => {
    const sealKey = await app.nest.get(KeyRing, { strict: false }).sealKey();
    const rows = await app.database.query<{ token_id: string; claim_key: string; sealed_claim_key: Buffer }>(
      'select token_id, claim_key, sealed_claim_key from certificate',
    );
    const opened = rows.map((row) => addressOfKey(openClaimKey(sealKey, row.token_id, row.sealed_claim_key)));
    expect(opened).toEqual(rows.map((row) => row.claim_key));
    expect(new Set(opened).size).toBe(3);
  });
});

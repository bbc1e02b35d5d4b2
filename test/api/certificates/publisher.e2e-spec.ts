import type { INestApplicationContext } from '@nestjs/common';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { KeyRing } from '../../../apps/api/src/chain/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  batchesOf,
  brokenProofs,
  certificatesOf,
  passAll,
  startPublisher,
  untilVerdict,
  verified,
} from '../../support/builders/certificates.js';
import { readyIssuer } from '../../support/builders/chain.js';
import { aCoop } from '../../support/builders/membership.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { until } from '../../support/until.js';

/** Each way in which somebody with the database in their hands could slip in a certificate. */
const tamperings = [
  [
    'whose document was changed',
    `update certificate set document = replace(document, 'Heron', 'Egret') where id = $1`,
    'serial 1: its document was changed',
  ],
  [
    'whose claim key was exchanged',
    `update certificate set claim_key = '0x' || repeat('ab', 20) where id = $1`,
    'serial 1: its digest is another',
  ],
  [
    'whose claim key is no address',
    `update certificate set claim_key = 'nobody' where id = $1`,
    'serial 1: its claim key is no address',
  ],
  [
    'whose document is no document',
    `update certificate set document = '[null]' where id = $1`,
    'serial 1: its document cannot be read',
  ],
  [
    'whose leaf is of something else',
    `update certificate set leaf = '0x' || repeat('ab', 32) where id = $1`,
    'serial 1: its leaf is another',
  ],
  [
    'whose unit has no quality record that says it passed',
    `update quality_record set outcome = 'failed', remedy = 'refund'
        where unit_id = (select unit_id from certificate where id = $1)`,
    'serial 1: no quality record says that its unit passed',
  ],
  [
    'that is not signed by the signer',
    `update certificate set signature = (select signature from certificate where serial = 2
         and edition_id = (select edition_id from certificate where id = $1)) where id = $1`,
    "serial 1: it is not signed by the issuer's signer",
  ],
  [
    'that was taken out of its batch',
    `update certificate set batch_id = null where id = $1`,
    'it has 1 certificates, expected 2',
  ],
] as const;

describe('the publisher', () => {
  let app: TestApp;
  let publisher: INestApplicationContext;
  const stops: (() => Promise<unknown>)[] = [];
  const runs: TestRun[] = [];
  beforeAll(async () => {
    app = await startTestApp();
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    const made = [];
    while (made.length < tamperings.length) made.push(await aMadeRun(app, await aCoop(app), [2]));
    await app.nest.get(JobRunner).start();
    // A sale opens only when the issuer stands on chain; this drop was opened by hand, so that is waited for here.
    for (const run of made) await readyIssuer(app, run.coopId);
    for (const run of made) await passAll(app, run);
    for (const run of made)
      await until('the batch', async () => (await batchesOf(app, run.editionId)).length === 1);
    runs.push(...made);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('is waited for: a batch that it has not seen is signed by nobody, and its pieces are provisional', async () => {
    for (const { editionId } of runs) {
      const [first] = await certificatesOf(app, editionId);
      await untilVerdict(app, first?.id, 'PROVISIONAL');
      expect((await batchesOf(app, editionId))[0]?.state).toBe('proposed');
    }
  });

  it('refuses each batch with a certificate that was tampered with, and sends none of them', async () => {
    for (const [place, [, sql]] of tamperings.entries()) {
      const [first] = await certificatesOf(app, runs[place]?.editionId ?? '');
      await app.database.query(sql, [first?.id]);
    }
    publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    for (const [place, [what, , refusal]] of tamperings.entries()) {
      const editionId = runs[place]?.editionId ?? '';
      await until(
        `the refusal of one ${what}`,
        async () => (await batchesOf(app, editionId))[0]?.state !== 'proposed',
      );
      const [batch] = await batchesOf(app, editionId);
      expect([what, batch?.state, batch?.refusal]).toEqual([what, 'refused', refusal]);
    }
    expect(await app.database.query(`select 1 from chain_call where purpose = 'anchor'`)).toEqual([]);
  });

  it('does not call a piece genuine whose row was changed', async () => {
    const [first] = await certificatesOf(app, runs[0]?.editionId ?? '');
    expect((await verified(app, { certificateId: first?.id })).word).toBe('NOT_GENUINE');
  });

  it('shows its refusals in the invariants', async () => {
    expect((await brokenProofs(app))['the publisher has refused no batch'] ?? []).not.toHaveLength(0);
  });

  it('has no key but its own', async () => {
    const keys = publisher.get(KeyRing, { strict: false });
    await expect(keys.publisherKey()).resolves.toMatch(/^0x[0-9a-f]{64}$/);
    await expect(keys.signerKey()).rejects.toThrow('signer.key cannot be read');
    await expect(keys.senderKey('gas', 'any')).rejects.toThrow('gas.key cannot be read');
    await expect(keys.sealKey()).rejects.toThrow('claim-seal.key cannot be read');
    expect(readdirSync(app.chain.publisherKeysDir).sort()).toEqual(['DEVELOPMENT', 'publisher.key']);
    expect(readdirSync(app.chain.keysDir)).not.toContain('publisher.key');
  });
});

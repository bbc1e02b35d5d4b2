import type { INestApplicationContext } from '@nestjs/common';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import type { TestApp } from '../app.js';
import { until } from '../until.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  certificatesOf,
  passAll,
  startPublisher,
  type StoredCertificate,
} from './certificates.js';
import { aCoop, type TestCoop, type TestMember } from './membership.js';
import { START, type TestRun } from './production.js';

/** An edition whose pieces are certified, anchored and final. */
export interface ProvenEdition {
  readonly coop: TestCoop;
  readonly run: TestRun & { readonly operator: TestMember };
  readonly certificates: readonly StoredCertificate[];
  readonly publisher: INestApplicationContext;
}

/** Makes, passes and anchors `pieces` pieces, and waits until all of it is final; close the publisher in `afterAll`. */
export async function aProvenEdition(
  app: TestApp,
  pieces: number,
  sale: object = {},
): Promise<ProvenEdition> {
  await app.clock.freeze(START);
  const coop = await aCoop(app, { name: 'Harbour Press' });
  const run = await aMadeRun(app, coop, [pieces], sale);
  await app.nest.get(JobRunner).start();
  const publisher = await startPublisher(app);
  await passAll(app, run);
  const certificates = await until('the certificates to be in a batch', async () => {
    const all = await certificatesOf(app, run.editionId);
    return all.length === pieces && all.every(({ batch_id }) => batch_id !== null) ? all : null;
  });
  // The publisher looks at a batch before it has it anchored: until then there is no call that could be waited for.
  await until('the batches to be anchored', async () =>
    (await batchesOf(app, run.editionId)).every(({ state }) => state === 'anchored'),
  );
  await allFinal(app, coop.coopId);
  return { coop, run, certificates, publisher };
}

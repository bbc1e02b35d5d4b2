import type { Browser, Page } from 'playwright-core';
import { JobRunner } from '../../apps/api/src/platform/jobs/index.js';
import { RecordScan } from '../../apps/api/src/taps/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import {
  aMadeRun,
  allFinal,
  batchesOf,
  certificatesOf,
  passAll,
  startPublisher,
} from '../support/builders/certificates.js';
import { aCoop, type TestCoop, type TestMember } from '../support/builders/membership.js';
import { START } from '../support/builders/production.js';
import { visitOnPhone } from '../support/pages.js';
import { until } from '../support/until.js';

export const PIECES = 4;

/** A co-op with an edition whose pieces are anchored for good, looked at on a phone. */
export interface ConsoleScene {
  readonly app: TestApp;
  readonly browser: Browser;
  readonly coop: TestCoop;
  readonly operator: TestMember;
  readonly editionId: string;
  readonly as: (person: TestMember, path: string, work: (page: Page) => Promise<void>) => Promise<void>;
  /** Opens a piece as somebody in a country does. */
  readonly scan: (serial: number, country: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

export async function aConsoleScene(): Promise<ConsoleScene> {
  const [app, browser] = await Promise.all([startTestApp({ pages: true }), launchBrowser()]);
  await app.clock.freeze(START);
  const coop = await aCoop(app, { name: 'Harbour Press' });
  const run = await aMadeRun(app, coop, [PIECES], { cosignDays: 14 });
  await app.nest.get(JobRunner).start();
  await passAll(app, run);
  const publisher = await startPublisher(app);
  await until('the batch to be anchored', async () => {
    const [batch] = await batchesOf(app, run.editionId);
    return batch?.state === 'anchored' && batch.unit_count === PIECES;
  });
  await allFinal(app, coop.coopId);
  const [edition] = await app.database.query<{ gtin: string }>('select gtin from edition where id = $1', [
    run.editionId,
  ]);
  const gtin = edition?.gtin ?? '';
  return {
    ...{ app, browser, coop, operator: run.operator, editionId: run.editionId },
    as: (person, path, work) => visitOnPhone(browser, app, { person, path: `/${coop.slug}/${path}` }, work),
    scan: (serial, country) =>
      app.nest.get(RecordScan, { strict: false }).run({ gtin, serial }, '192.0.2.1', country),
    stop: async () => {
      await browser.close();
      await publisher.close();
      await app.stop();
    },
  };
}

/** What the database says of a certificate: whether it is withdrawn and replaced in a block. */
export async function standingOf(
  { app, editionId }: Pick<ConsoleScene, 'app' | 'editionId'>,
  serial: number,
): Promise<{ withdrawn: number | null; replaced: number }> {
  const piece = (await certificatesOf(app, editionId)).find((one) => one.serial === serial);
  const [row] = await app.database.query<{ withdrawn: number | null; replaced: number }>(
    `select (select w.reason from withdrawn_certificate k join withdrawal w on w.id = k.withdrawal_id
              where k.certificate_id = $1 and w.recorded_at is not null) as withdrawn,
            (select count(*)::int from certificate_replacement
              where certificate_id = $1 and recorded_at is not null) as replaced`,
    [piece?.id],
  );
  return row ?? { withdrawn: null, replaced: 0 };
}

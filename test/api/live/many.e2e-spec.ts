import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember } from '../../support/builders/membership.js';
import { aCell, aWorkshop } from '../../support/builders/workshops.js';
import { promised, tries } from '../../support/proof.js';
import { measureSubscriptions } from '../../bench/subscriptions.ts';

const HOUR_MS = 3_600_000;
// An account has thirty connections at most.
const PER_MEMBER = 30;
const CLIENTS = tries(60, 480);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

it(`tells ${String(CLIENTS)} clients of every hold within a second`, async () => {
  await app.clock.freeze(new Date('2026-11-18T08:00:00Z'));
  const coop = await aCoop(app);
  const cell = await aCell(app, await aWorkshop(app, coop), { stations: 1 });
  const members = await Promise.all(Array.from({ length: CLIENTS / PER_MEMBER }, () => aMember(app, coop)));
  const report = await measureSubscriptions({
    ...{ apiUrl: app.url, coopId: coop.coopId, workshopId: cell.workshopId, members, clients: CLIENTS },
    station: { cellId: cell.cellId, stationId: cell.stationIds[0] ?? '' },
    windows: Array.from({ length: 5 }, (_, n) => {
      const fromAt = new Date(Date.parse('2026-11-18T09:00:00Z') + n * HOUR_MS);
      return { fromAt, toAt: new Date(fromAt.getTime() + HOUR_MS) };
    }),
  });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  expect(report).toMatchObject({ clients: CLIENTS, lost: 0 });
  expect(report.p95Ms).toBeLessThan(promised(1000));
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, aMember, signedIn } from '../../support/builders/membership.js';
import { START, aFloor, aRun, brokenRules, openWork } from '../../support/builders/production.js';
import { mutate } from '../workshops/mutate.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

it('a run whose only bench is taken out of service is told to operators and admins, with its times there', async () => {
  await app.clock.freeze(START);
  const coop = await aCoop(app);
  const { qa } = await aFloor(app, coop);
  const [member, operator] = [await aMember(app, coop), await aMember(app, coop, ['operator'])];
  const run = await aRun(app, coop, [2, 3]);
  const [work] = (await openWork(app, run.runId)).filter(({ kind }) => kind === 'qa');
  if (work === undefined) throw new Error('the run has no time on the bench');
  const token = await signedIn(app, operator.email);
  const stretch = {
    fromAt: work.fromAt.toISOString(),
    toAt: work.toAt.toISOString(),
    reason: 'Lamp is broken',
  };
  const input = { coopId: coop.coopId, stationId: qa.stationIds[0], ...stretch, requestId: randomUUID() };
  expect(
    await mutate(
      app,
      { token },
      'takeOutOfService',
      'StationTakenOut { left { because booking { id } } }',
      input,
    ),
  ).toMatchObject({ left: [{ because: 'NO_ROOM', booking: { id: work.id } }] });
  const told = await app.database.query<{ account_id: string; title: string; body: string; link: string }>(
    `select account_id, title, body, link from notice where kind = 'run_out_of_service' order by account_id`,
  );
  expect(told.map((notice) => notice.account_id)).toEqual([operator.accountId, coop.admin.accountId].sort());
  expect(told.map((notice) => notice.account_id)).not.toContain(member.accountId);
  expect(told[0]).toMatchObject({
    title: expect.stringContaining('Station 1 of Bench is out of service during a run of '),
    link: `/${coop.slug}/runs/${run.runId}`,
  });
  // November in Berlin is an hour ahead of UTC.
  const there = new Date(work.fromAt.getTime() + 3_600_000).toISOString();
  const clock = `${String(Number(there.slice(8, 10)))} Nov 2026, ${there.slice(11, 16)} to `;
  expect(told[0]?.body).toContain(clock);
  expect(told[0]?.body).toContain('(Europe/Berlin)');
  expect(await brokenRules(app)).toEqual({});
});

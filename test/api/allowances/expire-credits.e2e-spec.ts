import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CHECKS } from '../../../apps/api/src/all-checks.js';
import { ExpireCredits } from '../../../apps/api/src/allowances/expire-credits/expire-credits.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCreditPack, someCredits } from '../../support/builders/allowances.js';
import { aCoop, aMember } from '../../support/builders/membership.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.stop();
});

it('settles the credits behind some that the database will not let it settle', async () => {
  const coop = await aCoop(app);
  const packId = await aCreditPack(app, coop, { priceMinor: 700n, validDays: 1 });
  const bad = await someCredits(app, coop, await aMember(app, coop), packId);
  await app.clock.step(1000);
  const good = await someCredits(app, coop, await aMember(app, coop), packId);
  await app.database.query(`CREATE FUNCTION refuse_grant() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'these credits cannot be written'; END $$`);
  await app.database.query(`CREATE TRIGGER refuse_grant BEFORE UPDATE ON credit_grant FOR EACH ROW
    WHEN (OLD.id = '${bad}') EXECUTE FUNCTION refuse_grant()`);
  await app.clock.step(86_400_000);
  const expire = app.nest.get(ExpireCredits, { strict: false });
  await expect(expire.run()).rejects.toThrow('these credits cannot be written');
  const settled = () =>
    app.database.query<{ id: string }>(
      'SELECT id FROM credit_grant WHERE coop_id = $1 AND closed_at IS NOT NULL ORDER BY bought_at',
      [coop.coopId],
    );
  expect(await settled()).toEqual([{ id: good }]);
  await app.database.query('DROP FUNCTION refuse_grant CASCADE');
  expect(await expire.run()).toBe(1);
  expect(await settled()).toEqual([{ id: bad }, { id: good }]);
  for (const check of CHECKS)
    expect([check.name, await check.find((text, values = []) => app.database.query(text, values))]).toEqual([
      check.name,
      [],
    ]);
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DrawRounds } from '../../../apps/api/src/rounds/draw-rounds/draw-rounds.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { aRound, showRound, type Round } from '../../support/builders/rounds.js';
import { aCell, aWorkshop, type TestCell } from '../../support/builders/workshops.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let chain: OwnChain;
let app: TestApp;
let coop: TestCoop;
let cell: TestCell;
let now: number;

beforeAll(async () => {
  chain = await createOwnChain();
  app = await startTestApp({ chain });
});
afterAll(async () => {
  await app.stop();
  await chain.close();
});
beforeEach(async () => {
  coop = await aCoop(app);
  cell = await aCell(app, await aWorkshop(app, coop, { timeZone: 'UTC' }));
  now = (await app.clock.now()).getTime();
});

/** A round of one slot whose deadline is so many minutes away. */
function closingIn(minutes: number, hour: number): Promise<Round> {
  const start = (Math.floor(now / DAY) + 3) * DAY + hour * HOUR;
  const slot = [new Date(start).toISOString(), new Date(start + HOUR).toISOString()] as const;
  const deadlineAt = new Date(now + minutes * 60_000).toISOString();
  return aRound(app, coop.admin, cell, [slot], { deadlineAt });
}
async function stateOf({ id }: Round): Promise<string> {
  const token = await signedIn(app, coop.admin.email);
  return (await showRound(app, { token }, coop.coopId, id)).state;
}
const sweep = (): Promise<number> => app.nest.get(DrawRounds, { strict: false }).run();

describe('the sweep of rounds', () => {
  it('closes the rounds behind one that the database will not let it close, and tells of that one', async () => {
    const [bad, good] = [await closingIn(30, 8), await closingIn(60, 9)];
    await app.database.query(`CREATE FUNCTION refuse_round() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'this round cannot be written'; END $$`);
    await app.database.query(`CREATE TRIGGER refuse_round BEFORE UPDATE ON capacity_round FOR EACH ROW
      WHEN (OLD.id = '${bad.id}') EXECUTE FUNCTION refuse_round()`);
    try {
      await app.clock.step(HOUR + 1000);
      await expect(sweep()).rejects.toThrow('this round cannot be written');
      expect([await stateOf(bad), await stateOf(good)]).toEqual(['OPEN', 'CLOSED']);
    } finally {
      await app.database.query('DROP FUNCTION refuse_round CASCADE');
    }
  });

  it('fixes the requests of a round at its deadline, however many wait for their block', async () => {
    const first = await closingIn(30, 8);
    await app.database.query(
      `INSERT INTO capacity_round (coop_id, id, cell_id, state, cap, opened_by, opened_at, deadline_at, commitment,
         secret, salt, requests_digest)
       SELECT coop_id, uuidv7(), cell_id, 'closed', cap, opened_by, opened_at, deadline_at, commitment, secret, salt, ''
         FROM capacity_round CROSS JOIN generate_series(1, 60) WHERE id = $1`,
      [first.id],
    );
    const late = await closingIn(60, 9);
    await app.clock.step(HOUR + 1000);
    await sweep();
    expect(await stateOf(late)).toBe('CLOSED');
  });
});

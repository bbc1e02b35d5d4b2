import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { anIssuer, chainReader } from '../../support/builders/chain.js';
import { createOwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

const CONFIRMATIONS = 24n;

interface Stored extends Record<string, unknown> {
  readonly state: string;
  readonly block_number: string;
  readonly safe_at: Date | null;
  readonly final_at: Date | null;
}

/** The calls of an issuer's set-up, and the newest block after all of them were final. */
async function setUp(app: TestApp): Promise<{ calls: Stored[]; head: bigint }> {
  const { coopId } = await anIssuer(app);
  const calls = await until('every call to be final', async () => {
    // Nobody else makes blocks here once all of the chain's own word is final.
    await app.chain.mine();
    const rows = await app.database.query<Stored>(
      'select state, block_number, safe_at, final_at from chain_call where coop_id = $1',
      [coopId],
    );
    return rows.every(({ state }) => state === 'final') ? rows : null;
  });
  return { calls, head: await chainReader(app.chain).getBlockNumber() };
}

describe('a call in a block', () => {
  const apps: TestApp[] = [];
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    for (const rule of ['finalized', String(CONFIRMATIONS)]) {
      const chain = await createOwnChain();
      stops.push(() => chain.close());
      const app = await startTestApp({ chain, worker: true, env: { CHAIN_FINALITY: rule } });
      stops.push(() => app.stop());
      apps.push(app);
    }
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('becomes safe and then final by the word of the chain', async () => {
    const [app] = apps;
    if (app === undefined) throw new Error('Expected the app.');
    const { calls } = await setUp(app);
    for (const { safe_at: safe, final_at: final } of calls) {
      expect(safe).not.toBeNull();
      expect(Number(safe)).toBeLessThanOrEqual(Number(final));
    }
  });

  it('becomes final after as many confirmations as are set for the chain', async () => {
    const [, app] = apps;
    if (app === undefined) throw new Error('Expected the app.');
    const { calls, head } = await setUp(app);
    for (const { block_number: number } of calls)
      expect(head - BigInt(number) + 1n).toBeGreaterThanOrEqual(CONFIRMATIONS);
  });

  it('is told in states whose names are frozen', () => {
    const schema = readFileSync(new URL('../../../apps/api/schema.graphql', import.meta.url), 'utf8');
    const [, body = ''] = /enum ChainState \{([^}]*)\}/.exec(schema) ?? [];
    expect(body.match(/\w+/g)?.sort()).toEqual(
      ['QUEUED', 'SUBMITTED', 'INCLUDED', 'SAFE', 'FINALIZED', 'FAILED', 'GIVEN_UP'].sort(),
    );
  });
});

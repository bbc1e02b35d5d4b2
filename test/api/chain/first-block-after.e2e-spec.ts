import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Blocks } from '../../../apps/api/src/chain/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { createOwnChain, type OwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

interface Header {
  readonly number: string;
  readonly hash: string;
  readonly timestamp: string;
}

describe('the first block after a moment', () => {
  let chain: OwnChain;
  let other: OwnChain;
  let app: TestApp;
  let blocks: Blocks;
  beforeAll(async () => {
    [chain, other] = await Promise.all([createOwnChain(), createOwnChain()]);
    app = await startTestApp({ chain });
    blocks = app.nest.get(Blocks, { strict: false });
  });
  afterAll(async () => {
    await app.stop();
    await chain.close();
    await other.close();
  });

  const header = async (tag: string): Promise<Header> =>
    (await chain.rpc('eth_getBlockByNumber', [tag, false])) as Header;
  const timeOf = (block: Header): number => Number(block.timestamp) * 1000;

  it('is what the chain has, found from any moment of its past', async () => {
    // Half of them share a second with another, as on a fast chain; the rest are seconds apart.
    await chain.mine(20);
    await chain.rpc('anvil_mine', ['0x14', '0x3']);
    const last = Number((await header('finalized')).number);
    for (const number of [1, 2, 7, Math.floor(last / 2), last - 5]) {
      const before = await header(`0x${(number - 1).toString(16)}`);
      const found = await blocks.firstAfter(new Date(timeOf(before)));
      const place = await header(`0x${(found?.number ?? 0).toString(16)}`);
      const previous = await header(`0x${((found?.number ?? 1) - 1).toString(16)}`);
      expect(found).toMatchObject({ hash: place.hash, time: new Date(timeOf(place)) });
      expect([timeOf(previous) <= timeOf(before), timeOf(place) > timeOf(before)]).toEqual([true, true]);
    }
  });

  it('is unknown until it is final', async () => {
    const latest = await header('latest');
    const soon = new Date(timeOf(latest) + 600_000);
    expect(await blocks.firstAfter(soon)).toBeNull();
    await chain.rpc('evm_increaseTime', [700]);
    await chain.mine(1);
    expect(await blocks.firstAfter(soon)).toBeNull();
    await chain.mine(2);
    const found = await until('a final block after the moment', () => blocks.firstAfter(soon));
    expect(found.time.getTime()).toBeGreaterThan(soon.getTime());
    expect(BigInt((await header('finalized')).number)).toBeGreaterThanOrEqual(BigInt(found.number));
  });

  it('is unknown while nodes are of different chains or too few answer', async () => {
    const past = new Date(timeOf(await header('0x1')));
    expect(await blocks.firstAfter(past)).not.toBeNull();
    for (const [second, available] of [
      [other.rpcUrl, true],
      ['http://127.0.0.1:1', false],
    ] as const) {
      const torn = await startTestApp({ chain, env: { CHAIN_RPC_URLS: `${chain.rpcUrl},${second}` } });
      try {
        const both = torn.nest.get(Blocks, { strict: false });
        expect([second, await both.firstAfter(past)]).toEqual([second, null]);
        expect([second, await both.available()]).toEqual([second, available]);
      } finally {
        await torn.stop();
      }
    }
  });
});

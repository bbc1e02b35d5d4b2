import { afterAll, describe, expect, it } from '@jest/globals';
import { createPublicClient, http } from 'viem';
import { createTestChain, type TestChain } from '../../support/chain.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { until } from '../../support/until.js';

const databases: TestDatabase[] = [];
const chains: TestChain[] = [];

afterAll(async () => {
  await Promise.all([...databases.map((one) => one.drop()), ...chains.map((one) => one.close())]);
});

describe('the services of a test run', () => {
  it('give each test file a migrated database that shares nothing with another', async () => {
    databases.push(...(await Promise.all([createTestDatabase(), createTestDatabase()])));
    const [first, second] = databases as [TestDatabase, TestDatabase];
    await first.query('create table only_here (id int)');
    const migrations = await first.query<{ name: string }>('select name from migrations');
    expect(migrations.length).toBeGreaterThan(0);
    expect(await second.query("select 1 from pg_tables where tablename = 'only_here'")).toEqual([]);
  });

  it('give each test file a contract and keys of its own', async () => {
    chains.push(...(await Promise.all([createTestChain(), createTestChain()])));
    const [first, second] = chains as [TestChain, TestChain];
    expect(first.contract).not.toBe(second.contract);
    expect(first.accounts.gas.address).not.toBe(second.accounts.gas.address);
    const reader = createPublicClient({ transport: http(first.rpcUrl) });
    expect(await reader.getCode({ address: first.contract })).toMatch(/^0x60/);
    expect(await reader.getBalance({ address: second.accounts.gas.address })).toBeGreaterThan(0n);
  });

  it('make a block final without anyone mining it', async () => {
    const [chain] = chains as [TestChain];
    const reader = createPublicClient({ transport: http(chain.rpcUrl), cacheTime: 0, pollingInterval: 25 });
    const [from, to] = (await chain.rpc('eth_accounts')) as [`0x${string}`, `0x${string}`];
    const hash = (await chain.rpc('eth_sendTransaction', [{ from, to, value: '0x1' }])) as `0x${string}`;
    const { blockNumber } = await reader.waitForTransactionReceipt({ hash });
    const final = await until('the block to become final', async () => {
      const { number } = await reader.getBlock({ blockTag: 'finalized' });
      return number >= blockNumber ? number : null;
    });
    expect(final).toBeGreaterThanOrEqual(blockNumber);
  });
});

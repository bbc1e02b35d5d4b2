import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodeFunctionData, getAddress, getContract, zeroAddress } from 'viem';

import { royaltySplitterAbi } from '../../abi/royalty-splitter.ts';
import { at } from '../../scripts/vectors/format.ts';
import { refused } from '../support/refusal.ts';
import { splitOf } from '../support/shares.ts';
import { payee, payeeAbi, startSplits } from '../support/splits.ts';

describe('attacks on a splitter', () => {
  it('front-run splitter: who opens it first can choose nothing, and other terms have another address', async () => {
    const { chain, factory, splitterAt, pay } = await startSplits();
    const { terms, shares } = splitOf([
      { payee: payee('a'), units: 3n },
      { payee: payee('b'), units: 1n },
    ]);
    const mine = splitOf([{ payee: payee('thief'), units: 4n }]).terms;
    const address = await factory.read.addressOf(terms);
    assert.notEqual(await factory.read.addressOf(mine), address);
    await pay(address, 400n);
    await factory.write.open(terms);
    await factory.write.open(terms);
    assert.deepEqual(await splitterAt(address).read.terms(), terms);
    for (const share of shares) await splitterAt(address).write.withdraw([zeroAddress, share]);
    assert.equal(await chain.getBalance({ address: payee('a') }), 300n);
    assert.equal(await chain.getBalance({ address: payee('b') }), 100n);
    const setters = royaltySplitterAbi.filter(
      (entry) => entry.type === 'function' && /init|set/i.test(entry.name),
    );
    assert.deepEqual(setters, []);
  });

  it('re-entering splitter payee: a payee that withdraws its share or another while being paid gets nothing more', async () => {
    const { viem, client, chain, open, pay } = await startSplits();
    const { address: payeeAddress } = await viem.deployContract('ReenteringPayee');
    const { address, splitter, shares } = await open([
      { payee: payeeAddress, units: 1n },
      { payee: payeeAddress, units: 2n },
      { payee: payee('b'), units: 1n },
    ]);
    const reentering = getContract({ address: payeeAddress, abi: payeeAbi, client });
    let balance = 0n;
    for (const [paid, again] of [
      [0, 0],
      [1, 0],
      [0, 1],
    ] as const) {
      const args = [zeroAddress, at(shares, again)] as const;
      const call = encodeFunctionData({ abi: royaltySplitterAbi, functionName: 'withdraw', args });
      await reentering.write.prepare([call]);
      await pay(address, 400n);
      const due = await splitter.read.dueOf([zeroAddress, paid, at(shares, paid).units]);
      await splitter.write.withdraw([zeroAddress, at(shares, paid)]);
      balance += due;
      assert.equal(await reentering.read.succeeded(), false);
      assert.equal(await chain.getBalance({ address: payeeAddress }), balance);
    }
  });

  it('re-pointed share: a payee moves its own share and no other, and cannot take back what it gave away', async () => {
    const { open, splitterAt, others } = await startSplits();
    const [first, second] = others;
    assert.ok(first && second);
    const { address, shares } = await open([
      { payee: first.account.address, units: 1n },
      { payee: second.account.address, units: 1n },
    ]);
    const byFirst = splitterAt(address, first).write;
    await refused(byFirst.repoint([at(shares, 1), first.account.address]), 'NotRecipient');
    await byFirst.repoint([at(shares, 0), second.account.address]);
    await refused(byFirst.repoint([at(shares, 0), first.account.address]), 'NotRecipient');
    const recipient = await splitterAt(address).read.recipientOf([0, first.account.address]);
    assert.equal(recipient, getAddress(second.account.address));
  });
});

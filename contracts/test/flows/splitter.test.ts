import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodeFunctionData, getAddress, getContract, getContractAddress, zeroAddress } from 'viem';

import { royaltySplitterAbi } from '../../abi/royalty-splitter.ts';
import { at } from '../../scripts/vectors/format.ts';
import { refused } from '../support/refusal.ts';
import { splitOf } from '../support/shares.ts';
import { payee, payeeAbi, startSplits, tokenAbi } from '../support/splits.ts';

describe('royalty splitters', () => {
  it('stand at an address that follows from their terms and keep what came before they opened', async () => {
    const { chain, factory, splitterAt, pay } = await startSplits();
    const split = splitOf([
      { payee: payee('a'), units: 70n },
      { payee: payee('b'), units: 20n },
      { payee: payee('c'), units: 10n },
    ]);
    const address = await factory.read.addressOf(split.terms);
    await pay(address, 1_000n);
    await factory.write.open(split.terms);
    await factory.write.open(split.terms);
    const opened = await factory.getEvents.SplitterOpened({}, { fromBlock: 0n });
    assert.equal(opened.length, 1);
    assert.deepEqual(await splitterAt(address).read.terms(), split.terms);
    for (const share of split.shares) await splitterAt(address).write.withdraw([zeroAddress, share]);
    const balances = await Promise.all(
      split.shares.map((share) => chain.getBalance({ address: share.payee })),
    );
    assert.deepEqual(balances, [700n, 200n, 100n]);
  });

  it('pay tokens and Ether apart, each to the rounded down share, and pay nothing twice', async () => {
    const { viem, client, chain, open, pay } = await startSplits();
    const { address, splitter, shares } = await open([
      { payee: payee('a'), units: 1n },
      { payee: payee('b'), units: 1n },
      { payee: payee('c'), units: 1n },
    ]);
    const { address: tokenAddress } = await viem.deployContract('TestToken');
    const token = getContract({ address: tokenAddress, abi: tokenAbi, client });
    await token.write.mint([address, 100n]);
    await pay(address, 5n);
    for (const share of [...shares, ...shares]) {
      await splitter.write.withdraw([tokenAddress, share]);
      await splitter.write.withdraw([zeroAddress, share]);
    }
    const paid = await Promise.all(
      shares.map(async (share) => [
        await token.read.balanceOf([share.payee]),
        await chain.getBalance({ address: share.payee }),
      ]),
    );
    assert.deepEqual(paid, Array(3).fill([33n, 1n]));
    await token.write.mint([address, 2n]);
    await splitter.write.withdraw([tokenAddress, at(shares, 2)]);
    assert.equal(await token.read.balanceOf([payee('c')]), 34n);
  });

  it('refuse a share with more units, another payee, another place or a sibling of other units', async () => {
    const { open } = await startSplits();
    const { splitter, shares } = await open([
      { payee: payee('a'), units: 75n },
      { payee: payee('b'), units: 25n },
    ]);
    const share = at(shares, 1);
    const send = (changed: Partial<typeof share>) =>
      splitter.write.withdraw([zeroAddress, { ...share, ...changed }]);
    await refused(send({ units: 75n }), 'ShareUnknown');
    await refused(send({ payee: payee('c') }), 'ShareUnknown');
    await refused(send({ index: 0 }), 'ShareUnknown');
    await refused(send({ index: 3 }), 'ShareUnknown');
    await refused(send({ path: [] }), 'ShareUnknown');
    await refused(send({ path: [{ ...at(share.path, 0), units: 0n }] }), 'ShareUnknown');
  });

  it('pay nothing by terms whose total is not the sum of the shares', async () => {
    const { factory, splitterAt, pay } = await startSplits();
    const { terms, shares } = splitOf([
      { payee: payee('a'), units: 75n },
      { payee: payee('b'), units: 25n },
    ]);
    const short = [terms[0], 75n, 2] as const;
    await factory.write.open(short);
    const address = await factory.read.addressOf(short);
    await pay(address, 100n);
    for (const share of shares) {
      await refused(splitterAt(address).write.withdraw([zeroAddress, share]), 'ShareUnknown');
    }
  });

  it('let the recipient of a share re-point it, and nobody else, and no other share', async () => {
    const { chain, open, pay, splitterAt, others } = await startSplits();
    const [first, second] = others;
    assert.ok(first && second);
    const { address, splitter, shares } = await open([
      { payee: first.account.address, units: 1n },
      { payee: second.account.address, units: 1n },
    ]);
    const share = at(shares, 0);
    await refused(splitter.write.repoint([share, payee('new')]), 'NotRecipient');
    await refused(splitterAt(address, second).write.repoint([share, payee('new')]), 'NotRecipient');
    await refused(splitterAt(address, first).write.repoint([share, zeroAddress]), 'RecipientZero');
    await splitterAt(address, first).write.repoint([share, payee('new')]);
    await refused(splitterAt(address, first).write.repoint([share, payee('again')]), 'NotRecipient');
    await pay(address, 10n);
    await splitter.write.withdraw([zeroAddress, share]);
    assert.equal(await chain.getBalance({ address: payee('new') }), 5n);
    assert.equal(
      await splitter.read.recipientOf([1, second.account.address]),
      getAddress(second.account.address),
    );
  });

  it('give a payee that calls back while being paid nothing more', async () => {
    const { viem, client, chain, open, pay } = await startSplits();
    const { address: payeeAddress } = await viem.deployContract('ReenteringPayee');
    const { address, splitter, shares } = await open([
      { payee: payeeAddress, units: 1n },
      { payee: payee('b'), units: 1n },
    ]);
    const reentering = getContract({ address: payeeAddress, abi: payeeAbi, client });
    const share = at(shares, 0);
    const again = encodeFunctionData({
      abi: royaltySplitterAbi,
      functionName: 'withdraw',
      args: [zeroAddress, share],
    });
    await reentering.write.prepare([again]);
    await pay(address, 100n);
    await splitter.write.withdraw([zeroAddress, share]);
    assert.equal(await reentering.read.succeeded(), false);
    assert.equal(await chain.getBalance({ address: payeeAddress }), 50n);
  });

  it('cannot be held up by a payee that takes no Ether', async () => {
    const { chain, open, pay, factory } = await startSplits();
    const { address, splitter, shares } = await open([
      { payee: factory.address, units: 1n },
      { payee: payee('b'), units: 1n },
    ]);
    await pay(address, 100n);
    await refused(splitter.write.withdraw([zeroAddress, at(shares, 0)]), 'EtherRefused');
    await splitter.write.withdraw([zeroAddress, at(shares, 1)]);
    assert.equal(await chain.getBalance({ address: payee('b') }), 50n);
  });

  it('cost no more to open for 1,000 payees than for 2', async () => {
    const { chain, factory } = await startSplits();
    const gasOf = async (count: number) => {
      const payees = Array.from({ length: count }, (_, i) => ({ payee: payee(String(i)), units: 1_000n }));
      const hash = await factory.write.open(splitOf(payees).terms);
      return (await chain.waitForTransactionReceipt({ hash })).gasUsed;
    };
    const [two, thousand] = [await gasOf(2), await gasOf(1_000)];
    assert.ok(thousand - two < 100n, `${String(two)} for 2, ${String(thousand)} for 1,000`);
    assert.ok(thousand <= 80_000n, `${String(thousand)} gas to open`);
  });

  it('refuse terms without shares, and the implementation holds none', async () => {
    const { factory, splitterAt } = await startSplits();
    const [root] = splitOf([{ payee: payee('a'), units: 1n }]).terms;
    await refused(factory.write.open([root, 0n, 1]), 'TermsInvalid');
    await refused(factory.write.open([root, 1n, 0]), 'TermsInvalid');
    const implementation = getContractAddress({ from: factory.address, nonce: 1n });
    await refused(splitterAt(implementation).read.terms(), 'NotASplitter');
  });
});

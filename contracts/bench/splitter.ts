import { network } from 'hardhat';
import { getContract, zeroAddress, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { royaltySplitterAbi } from '../abi/royalty-splitter.ts';
import { royaltySplittersBytecode } from '../abi/royalty-splitters.bytecode.ts';
import { royaltySplittersAbi } from '../abi/royalty-splitters.ts';
import { at, seeded } from '../scripts/vectors/format.ts';
import { splitOf } from '../test/support/shares.ts';

/** Opening for 2 and for 1,000 payees, the dearer counts; withdrawing Ether of a share among the 1,000. */
export async function splitterGas(): Promise<{ splitterOpen: number; splitterWithdraw: number }> {
  const { viem } = await network.create();
  const chain = await viem.getPublicClient();
  const [wallet] = await viem.getWalletClients();
  if (!wallet) throw new Error('expected a funded account');
  const gasOf = async (hash: Hex) => Number((await chain.waitForTransactionReceipt({ hash })).gasUsed);
  const hash = await wallet.deployContract({ abi: royaltySplittersAbi, bytecode: royaltySplittersBytecode });
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error('the deployment has no address');
  const client = { public: chain, wallet };
  const factory = getContract({ address: contractAddress, abi: royaltySplittersAbi, client });

  const few = splitOf(payees(2));
  const many = splitOf(payees(1_000));
  const opened = [
    await gasOf(await factory.write.open(few.terms)),
    await gasOf(await factory.write.open(many.terms)),
  ];
  const address = await factory.read.addressOf(many.terms);
  await wallet.sendTransaction({ to: address, value: 10n ** 18n });
  const splitter = getContract({ address, abi: royaltySplitterAbi, client });
  // The first share pays for the first touch of the sum withdrawn; every other one is like the second.
  await splitter.write.withdraw([zeroAddress, at(many.shares, 0)]);
  const splitterWithdraw = await gasOf(await splitter.write.withdraw([zeroAddress, at(many.shares, 500)]));
  return { splitterOpen: Math.max(...opened), splitterWithdraw };
}

function payees(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    payee: privateKeyToAccount(seeded(`payee ${String(i)}`)).address,
    units: 1_000n,
  }));
}

import { network } from 'hardhat';
import { getAddress, getContract, parseAbi, type Hex } from 'viem';

import { royaltySplitterAbi } from '../../abi/royalty-splitter.ts';
import { royaltySplittersBytecode } from '../../abi/royalty-splitters.bytecode.ts';
import { royaltySplittersAbi } from '../../abi/royalty-splitters.ts';
import { keyOf } from './scene.ts';
import { splitOf, type Payee } from './shares.ts';

export const tokenAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function balanceOf(address holder) view returns (uint256)',
]);

/** A payee that calls back whoever pays it. */
export const payeeAbi = parseAbi([
  'function prepare(bytes again)',
  'function succeeded() view returns (bool)',
]);

/** The factory of splitters on a chain of its own. */
export async function startSplits() {
  const { viem } = await network.create();
  const chain = await viem.getPublicClient();
  const [wallet, buyer, ...others] = await viem.getWalletClients();
  if (!wallet || !buyer) throw new Error('expected funded accounts');
  const hash = await wallet.deployContract({ abi: royaltySplittersAbi, bytecode: royaltySplittersBytecode });
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error('the deployment has no address');
  const client = { public: chain, wallet };
  const factory = getContract({ address: contractAddress, abi: royaltySplittersAbi, client });
  const splitterAt = (address: Hex, by = wallet) =>
    getContract({ address, abi: royaltySplitterAbi, client: { public: chain, wallet: by } });
  const pay = (to: Hex, value: bigint) => buyer.sendTransaction({ to, value });
  const open = async (payees: readonly Payee[]) => {
    const split = splitOf(payees);
    const address = await factory.read.addressOf(split.terms);
    await factory.write.open(split.terms);
    return { ...split, address, splitter: splitterAt(address) };
  };
  return { viem, chain, client, factory, splitterAt, pay, open, others };
}

/** A reproducible payee for a label. */
export const payee = (label: string): Hex => getAddress(keyOf(label).address);

import {
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  numberToHex,
  parseEther,
  type Hex,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { devChainId, devMnemonic } from './anvil.ts';
import { accountOf, chainKeys, type KeyFolders } from './keys.ts';
import { readRecord, writeRecord } from './records.ts';
import { callRpc } from './rpc.ts';

interface Saved {
  contract: `0x${string}`;
  deployer: `0x${string}`;
  chainId: number;
}

/** Gives each development key enough ether for years; no transaction, so an idle chain stays as it is. */
export async function fundKeys(rpcUrl: string, folders: KeyFolders): Promise<void> {
  const enough = parseEther('100');
  for (const name of chainKeys) {
    const { address } = accountOf(folders, name);
    const balance = BigInt((await callRpc(rpcUrl, 'eth_getBalance', [address, 'latest'])) as string);
    if (balance < enough) await callRpc(rpcUrl, 'anvil_setBalance', [address, numberToHex(enough * 100n)]);
  }
}

/**
 * Returns the address of the receipts contract and whether it had to be deployed. Deployed by the second account of the
 * development mnemonic, which does nothing else: on a chain that lost everything the address is therefore the same.
 */
export async function ensureContract(
  rpcUrl: string,
  recordFile: string,
): Promise<{ address: `0x${string}`; deployed: boolean }> {
  const chain = defineChain({
    id: devChainId,
    name: 'local',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const reader = createPublicClient({ chain, transport: http(rpcUrl), pollingInterval: 50 });
  const saved = readRecord<Saved>(recordFile);
  if (saved?.contract && (await reader.getCode({ address: saved.contract }))) {
    return { address: saved.contract, deployed: false };
  }
  const { collectorReceiptsAbi, collectorReceiptsBytecode } = await import('@touchmark/contracts');
  const account = mnemonicToAccount(devMnemonic, { addressIndex: 1 });
  const writer = createWalletClient({ account, chain, transport: http(rpcUrl) });
  const hash: Hex = await writer.deployContract({
    abi: collectorReceiptsAbi,
    bytecode: collectorReceiptsBytecode,
  });
  const receipt = await reader.waitForTransactionReceipt({ hash, timeout: 20_000 });
  const address = receipt.contractAddress;
  if (receipt.status !== 'success' || !address) {
    throw new Error(
      `The receipts contract was not deployed: transaction ${hash} was ${receipt.status}. See the chain's log.`,
    );
  }
  writeRecord(recordFile, {
    contract: address,
    deployer: account.address,
    chainId: devChainId,
  } satisfies Saved);
  return { address, deployed: true };
}

import {
  createPublicClient,
  createWalletClient,
  defineChain,
  hexToBytes,
  http,
  keccak256,
  parseEther,
  type Hex,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { devChainId, devMnemonic } from './anvil.ts';
import { fund } from './fund.ts';
import { accountOf, chainKeys, type KeyFolders } from './keys.ts';
import { readRecord, writeRecord } from './records.ts';
import { callRpc } from './rpc.ts';

interface Saved {
  contract: `0x${string}`;
  deployer: `0x${string}`;
  chainId: number;
}

/** Thrown when the local chain holds a contract of another version; what was signed for that one stays there. */
export class OtherContractError extends Error {
  override readonly name = 'OtherContractError';

  constructor(address: string) {
    super(
      `The local chain holds another version of the receipts contract at ${address}, and its certificates are bound to it. ` +
        'Check out that version again, or delete the folder .touchmark with all its demo data and start anew.',
    );
  }
}

/** The hash of a runtime code without what differs between deployments. */
function maskedHashOf(code: Hex, immutables: readonly { start: number; length: number }[]): Hex {
  const bytes = hexToBytes(code);
  for (const { start, length } of immutables) bytes.fill(0, start, start + length);
  return keccak256(bytes);
}

/** Gives each development key enough ether for thousands of calls; one that has it is left alone. */
export async function fundKeys(rpcUrl: string, folders: KeyFolders): Promise<void> {
  const enough = parseEther('0.1');
  for (const name of chainKeys) {
    const { address } = accountOf(folders, name);
    const balance = BigInt((await callRpc(rpcUrl, 'eth_getBalance', [address, 'latest'])) as string);
    if (balance < enough) await fund(rpcUrl, address, enough * 10n);
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
  const { collectorReceiptsAbi, collectorReceiptsBytecode, collectorReceiptsRuntime } =
    await import('@touchmark/contracts');
  const saved = readRecord<Saved>(recordFile);
  const code = saved?.contract && (await reader.getCode({ address: saved.contract }));
  if (saved?.contract && code) {
    if (maskedHashOf(code, collectorReceiptsRuntime.immutables) !== collectorReceiptsRuntime.maskedCodeHash)
      throw new OtherContractError(saved.contract);
    return { address: saved.contract, deployed: false };
  }
  const account = mnemonicToAccount(devMnemonic, { addressIndex: 1 });
  const writer = createWalletClient({ account, chain, transport: http(rpcUrl) });
  const hash: Hex = await writer.deployContract({
    abi: collectorReceiptsAbi,
    bytecode: collectorReceiptsBytecode,
  });
  const receipt = await reader.waitForTransactionReceipt({ hash, timeout: 60_000 });
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

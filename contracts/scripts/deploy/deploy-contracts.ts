import { createPublicClient, createWalletClient, defineChain, http, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { collectorReceiptsAbi } from '../../abi/collector-receipts.ts';
import {
  collectorReceiptsBytecode,
  collectorReceiptsRuntime,
} from '../../abi/collector-receipts.bytecode.ts';
import { royaltySplittersBytecode, royaltySplittersRuntime } from '../../abi/royalty-splitters.bytecode.ts';
import { royaltySplittersAbi } from '../../abi/royalty-splitters.ts';
import { verifiedCode } from './code.ts';
import { recordDeployment, recordedDeployment, type Deployment } from './record.ts';

/** Thrown when a chain has a deployment that is not the committed one. */
export class AnotherDeploymentError extends Error {
  override readonly name = 'AnotherDeploymentError';
}

type Clients = ReturnType<typeof clientsOf>;

/** Deploys both contracts unless the chain has them, checks their code on the chain and writes the record. */
export async function deployContracts(
  rpcUrl: string,
  privateKey: () => Hex,
  folder: string,
): Promise<{ deployment: Deployment; file: string | null }> {
  const chainId = await createPublicClient({ transport: http(rpcUrl) }).getChainId();
  const recorded = await recordedDeployment(folder, chainId);
  if (recorded !== null) {
    await requireStanding(rpcUrl, recorded);
    return { deployment: recorded, file: null };
  }
  const clients = clientsOf(rpcUrl, chainId, privateKey());
  const receipts = await deploy(clients, collectorReceiptsAbi, collectorReceiptsBytecode);
  const splitters = await deploy(clients, royaltySplittersAbi, royaltySplittersBytecode);
  const codeAt = (address: Hex) => clients.reader.getCode({ address });
  verifiedCode('RoyaltySplitters', await codeAt(splitters.address), royaltySplittersRuntime);
  const deployment = {
    chainId,
    contract: receipts.address,
    splitters: splitters.address,
    ...verifiedCode('CollectorReceipts', await codeAt(receipts.address), collectorReceiptsRuntime),
    block: receipts.block,
  };
  return { deployment, file: await recordDeployment(folder, deployment) };
}

/** A record is never written over: who deploys anew says so by moving the old one away. */
async function requireStanding(rpcUrl: string, { contract, splitters, chainId }: Deployment): Promise<void> {
  const reader = createPublicClient({ transport: http(rpcUrl) });
  try {
    verifiedCode('CollectorReceipts', await reader.getCode({ address: contract }), collectorReceiptsRuntime);
    verifiedCode('RoyaltySplitters', await reader.getCode({ address: splitters }), royaltySplittersRuntime);
  } catch (error) {
    throw new AnotherDeploymentError(
      `Chain ${String(chainId)} has another deployment on record (${contract}): ${(error as Error).message} ` +
        'Move its record away if a second deployment is meant.',
    );
  }
}

function clientsOf(rpcUrl: string, chainId: number, privateKey: Hex) {
  const chain = defineChain({
    id: chainId,
    name: `chain ${String(chainId)}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const account = privateKeyToAccount(privateKey);
  return {
    reader: createPublicClient({ chain, transport: http(rpcUrl), pollingInterval: 500 }),
    wallet: createWalletClient({ account, chain, transport: http(rpcUrl) }),
  };
}

async function deploy(
  { reader, wallet }: Clients,
  abi: typeof collectorReceiptsAbi | typeof royaltySplittersAbi,
  bytecode: Hex,
): Promise<{ address: Hex; block: number }> {
  const hash = await wallet.deployContract({ abi, bytecode });
  const { contractAddress, status, blockNumber } = await reader.waitForTransactionReceipt({ hash });
  if (status !== 'success' || !contractAddress) throw new Error(`Transaction ${hash} deployed nothing.`);
  return { address: contractAddress.toLowerCase() as Hex, block: Number(blockNumber) };
}

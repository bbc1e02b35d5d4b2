import { network } from 'hardhat';
import { getAddress, getContract, zeroAddress, type Hex } from 'viem';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';

import { collectorReceiptsAbi } from '../../abi/collector-receipts.ts';
import { collectorReceiptsBytecode } from '../../abi/collector-receipts.bytecode.ts';
import { editionId, seeded } from '../../scripts/vectors/format.ts';

type Connection = Awaited<ReturnType<typeof network.create>>;
export type Scene = Awaited<ReturnType<typeof startScene>>;

export type EditionTerms = {
  run: Hex;
  size: number;
  payout: Hex;
  royaltyBps: number;
  objectionSeconds: number;
  anchorForSeconds: number;
};

export const work = seeded('work');
export const DAY = 86_400;

export const keys = {
  signer: keyOf('signer'),
  publisher: keyOf('publisher'),
  coSigner: keyOf('coSigner'),
  stranger: keyOf('stranger'),
} satisfies Record<string, PrivateKeyAccount>;

/** A reproducible key for a label. */
export function keyOf(label: string): PrivateKeyAccount {
  return privateKeyToAccount(seeded(`key ${label}`));
}

/**
 * The contract deployed from the committed bytecode and one issuer with its keys set, on a chain of its own; on the
 * chain of another scene when that is given.
 */
export async function startScene(connection?: Connection) {
  const on = connection ?? (await network.create());
  const { viem } = on;
  const chain = await viem.getPublicClient();
  const clock = await viem.getTestClient();
  const [deployer, issuer, collector, relayer] = await viem.getWalletClients();
  if (!deployer || !issuer || !collector || !relayer) throw new Error('expected four funded accounts');
  const hash = await deployer.deployContract({
    abi: collectorReceiptsAbi,
    bytecode: collectorReceiptsBytecode,
  });
  const { contractAddress } = await chain.waitForTransactionReceipt({ hash });
  if (!contractAddress) throw new Error('the deployment has no address');
  const address: Hex = contractAddress;
  const as = (wallet: typeof deployer) =>
    getContract({ address, abi: collectorReceiptsAbi, client: { public: chain, wallet } });
  const receipts = as(relayer);
  const asIssuer = as(issuer);
  const asCollector = as(collector);
  await asIssuer.write.setPublisher([keys.publisher.address]);
  await asIssuer.write.setCoSigner([keys.coSigner.address]);

  const now = async () => Number((await chain.getBlock()).timestamp);
  /** Opens an edition of the issuer; every term has an ordinary default. */
  const openEdition = async (terms: Partial<EditionTerms> = {}): Promise<bigint> => {
    const run = terms.run ?? seeded('run');
    await asIssuer.write.openEdition([
      work,
      run,
      terms.size ?? 50,
      terms.payout ?? issuer.account.address,
      terms.royaltyBps ?? 500,
      (await now()) + (terms.anchorForSeconds ?? 30 * DAY),
      terms.objectionSeconds ?? 0,
    ]);
    return editionId(issuer.account.address, work, run);
  };
  const step = async (seconds: number) => {
    await clock.increaseTime({ seconds });
    await clock.mine({ blocks: 1 });
  };
  return {
    on,
    address,
    chain,
    clock,
    viem,
    receipts,
    asIssuer,
    asCollector,
    as,
    issuer: getAddress(issuer.account.address),
    collector: getAddress(collector.account.address),
    relayer: getAddress(relayer.account.address),
    chainId: await chain.getChainId(),
    now,
    openEdition,
    step,
  };
}

export { zeroAddress };

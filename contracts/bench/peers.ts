/** Gas of the calls that others offer for what we do, on a chain of their own. */
import { network } from 'hardhat';
import { encodePacked, getContract, keccak256, zeroAddress, zeroHash, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { seeded } from '../scripts/vectors/format.ts';
import type { Artifacts } from './compile.ts';

export type Peers = {
  openzeppelinMint: number;
  soladyMint: number;
  erc721aMint1: number;
  erc721aMint10: number;
  erc721aMint100: number;
  easAttest: number;
  easMultiTimestampEach: number;
};

type Artifact = Artifacts[keyof Artifacts];
type Chain = Awaited<ReturnType<typeof startChain>>;

const SCHEMA = 'bytes32 certificate,address claimKey';
const TIMESTAMPS = 128;

/** Every mint goes to a fresh recipient; EAS gets a schema of our size and as many roots as a batch has serials. */
export async function measurePeers(artifacts: Artifacts): Promise<Peers> {
  const chain = await startChain();
  const openzeppelin = await chain.deploy(artifacts.OpenZeppelinPeer);
  const solady = await chain.deploy(artifacts.SoladyPeer);
  const erc721a = await chain.deploy(artifacts.Erc721aPeer);
  await erc721a.send('mint', [fresh('erc721a before'), 1n]);
  return {
    openzeppelinMint: await openzeppelin.send('mint', [fresh('openzeppelin'), BigInt(seeded('token'))]),
    soladyMint: await solady.send('mint', [fresh('solady'), BigInt(seeded('token'))]),
    erc721aMint1: await erc721a.send('mint', [fresh('erc721a 1'), 1n]),
    erc721aMint10: await erc721a.send('mint', [fresh('erc721a 10'), 10n]),
    erc721aMint100: await erc721a.send('mint', [fresh('erc721a 100'), 100n]),
    ...(await easGas(chain, artifacts)),
  };
}

async function easGas(
  chain: Chain,
  artifacts: Artifacts,
): Promise<Pick<Peers, 'easAttest' | 'easMultiTimestampEach'>> {
  const registry = await chain.deploy(artifacts.SchemaRegistry);
  await registry.send('register', [SCHEMA, zeroAddress, true]);
  const eas = await chain.deploy(artifacts.EAS, [registry.address]);
  const schema = keccak256(encodePacked(['string', 'address', 'bool'], [SCHEMA, zeroAddress, true]));
  const data: Hex = `${seeded('certificate')}${'00'.repeat(12)}${fresh('claim key').slice(2)}`;
  const attest = (recipient: Hex) => {
    const terms = { recipient, expirationTime: 0n, revocable: true, refUID: zeroHash, data, value: 0n };
    return eas.send('attest', [{ schema, data: terms }]);
  };
  await attest(fresh('attested before'));
  const roots = Array.from({ length: TIMESTAMPS }, (_, i) => seeded(`root ${String(i)}`));
  return {
    easAttest: await attest(fresh('attested')),
    easMultiTimestampEach: Math.ceil((await eas.send('multiTimestamp', [roots])) / TIMESTAMPS),
  };
}

async function startChain() {
  const { viem } = await network.create();
  const reader = await viem.getPublicClient();
  const [wallet] = await viem.getWalletClients();
  if (!wallet) throw new Error('expected a funded account');
  const receiptOf = (hash: Hex) => reader.waitForTransactionReceipt({ hash });
  const deploy = async ({ abi, bytecode }: Artifact, args: readonly unknown[] = []) => {
    const { contractAddress } = await receiptOf(await wallet.deployContract({ abi, bytecode, args }));
    if (!contractAddress) throw new Error('the deployment has no address');
    const { write } = getContract({ address: contractAddress, abi, client: { public: reader, wallet } });
    const send = async (functionName: string, values: readonly unknown[]): Promise<number> => {
      const call = write[functionName];
      if (call === undefined) throw new Error(`the peer has no ${functionName}`);
      const { status, gasUsed } = await receiptOf(await call(values));
      if (status !== 'success') throw new Error(`${functionName} was refused`);
      return Number(gasUsed);
    };
    return { address: contractAddress, send };
  };
  return { deploy };
}

const fresh = (label: string): Hex => privateKeyToAccount(seeded(`fresh ${label}`)).address;

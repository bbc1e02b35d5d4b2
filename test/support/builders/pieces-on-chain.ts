import { createWalletClient, defineChain, getContract, http } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import {
  addressOfKey,
  type Bundle,
  deriveCertificate,
  editionId,
  type Hex,
  issueCertificate,
  makeDocument,
  positionalTree,
  tokenIdOf,
  withInclusion,
} from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { devChainId } from '../../../apps/local/src/anvil.ts';
import type { TestChain } from '../chain.js';
import { chainReader } from './chain.js';

const word = (): Hex => generatePrivateKey();

/** An issuer that does everything by hand: no API, no database, only the contract. */
export interface IssuerOnChain {
  readonly address: Hex;
  readonly signerKey: Hex;
  /** Opens an edition of 50; answers its number. */
  openEdition(objectionSeconds?: number): Promise<bigint>;
  /** Signs the certificate of one serial. */
  sign(edition: bigint, serial: number, title?: string, key?: Hex): Bundle;
  /** Anchors certificates of consecutive serials as one batch and answers them with their places in it. */
  anchor(edition: bigint, bundles: readonly Bundle[]): Promise<Bundle[]>;
  revoke(bundle: Bundle, reason: number): Promise<void>;
  /** Puts another certificate of the same serial in the place of the first. */
  replace(by: Bundle): Promise<void>;
}

/** Makes an issuer with keys of its own that names `domain` on the chain's contract. */
export async function anIssuerOnChain(chain: TestChain, domain: string): Promise<IssuerOnChain> {
  const [issuerKey, publisherKey, signerKey] = [word(), word(), word()];
  const reader = chainReader(chain);
  const as = async (key: Hex) => {
    const account = privateKeyToAccount(key);
    await chain.fund(account.address);
    const wallet = createWalletClient({ account, chain: local(chain.rpcUrl), transport: http(chain.rpcUrl) });
    return getContract({ address: chain.contract, abi: collectorReceiptsAbi, client: wallet });
  };
  const [issuer, publisher] = [await as(issuerKey), await as(publisherKey)];
  const mined = async (hash: Hex): Promise<number> => {
    const { status, blockNumber } = await reader.waitForTransactionReceipt({ hash, pollingInterval: 20 });
    if (status !== 'success') throw new Error(`The transaction ${hash} failed; expected it to pass.`);
    return Number((await reader.getBlock({ blockNumber })).timestamp);
  };
  const address = addressOfKey(issuerKey);
  const contract = chain.contract.toLowerCase() as Hex;
  await mined(await issuer.write.setDomain([domain]));
  await mined(await issuer.write.setSigner([addressOfKey(signerKey)]));
  await mined(await issuer.write.setPublisher([addressOfKey(publisherKey)]));
  return {
    address,
    signerKey,
    async openEdition(objectionSeconds = 0) {
      const [work, run] = [word(), word()];
      const { timestamp } = await reader.getBlock();
      const until = Number(timestamp) + 30 * 86_400;
      await mined(await issuer.write.openEdition([work, run, 50, address, 500, until, objectionSeconds]));
      return editionId(address, work, run);
    },
    sign(edition, serial, title = 'Heron', key = signerKey) {
      const document = makeDocument([{ path: 'what.title', salt: word(), value: title }]);
      const home = { chainId: devChainId, contract };
      const claimKey = addressOfKey(word());
      return issueCertificate({ home, token: { issuer: address, edition, serial }, document, claimKey }, key);
    },
    async anchor(edition, bundles) {
      const [first] = bundles;
      if (first === undefined) throw new Error('Expected at least one certificate.');
      const tree = positionalTree(bundles.map((bundle) => deriveCertificate(bundle).leaf));
      const firstTokenId = tokenIdOf({ issuer: address, edition, serial: first.serial });
      const nobody: Hex = `0x${'00'.repeat(32)}`;
      const args = [firstTokenId, bundles.length, tree.root, 0, nobody, nobody] as const;
      const time = await mined(await publisher.write.anchor(args));
      const batch = { firstSerial: first.serial, time, cosignUntil: 0 };
      return bundles.map((bundle) => withInclusion(bundle, tree, batch));
    },
    async revoke(bundle, reason) {
      await mined(await issuer.write.revoke([[deriveCertificate(bundle).tokenId], reason]));
    },
    async replace(by) {
      const { tokenId, leaf } = deriveCertificate(by);
      await mined(await issuer.write.replace([tokenId, leaf, 1]));
    },
  };
}

function local(rpcUrl: string) {
  return defineChain({
    id: devChainId,
    name: 'test',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
}

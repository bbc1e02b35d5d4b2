import {
  addressOfKey,
  type Bundle,
  claimDigest,
  deriveCertificate,
  editionId,
  eventPath,
  type Hex,
  HISTORY_HEAD,
  type Home,
  issueCertificate,
  type JsonValue,
  makeDocument,
  makerPath,
  positionalTree,
  signDigest,
  tokenIdOf,
  treePath,
  withHistoryHead,
  withInclusion,
} from '@touchmark/certificates';
import { collectorReceiptsAbi, collectorReceiptsBytecode } from '@touchmark/contracts';
import {
  type Abi,
  createWalletClient,
  custom,
  defineChain,
  keccak256,
  publicActions,
  parseEther,
  stringToHex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { fundThrough } from '../../apps/local/src/fund.ts';

/** Calls a method of a node's JSON-RPC. */
export type AskNode = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** What happened on chain to an edition of fifty, of which five are anchored. */
export interface ReceiptsStory {
  readonly home: Home;
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly domain: string;
  /** Serials 1 to 5 with their inclusion: 2 claimed and reported missing, 3 withdrawn for reason 6, 4 replaced. */
  readonly bundles: readonly Bundle[];
  /** The certificate that replaced serial 4; the issuer itself put it on chain. */
  readonly replacement: Bundle;
  /** Signed for serial 6, which is not anchored. */
  readonly unanchored: Bundle;
  /** Reads a view of the contract, for comparison. */
  view(name: string, args: readonly unknown[]): Promise<unknown>;
}

const seeded = (label: string): Hex => keccak256(stringToHex(`receipts story ${label}`));
const DAY = 86_400;
// The publisher sends the batch itself, so it signs nothing.
const NO_WORD: Hex = `0x${'00'.repeat(32)}`;
// Read as any ABI, because here the functions are named by text.
const abi: Abi = collectorReceiptsAbi;

/** Deploys the contract and tells its whole story on any development chain, with keys that depend on `label` alone. */
export async function tellReceiptsStory(
  ask: AskNode,
  domain: string,
  label = 'first',
): Promise<ReceiptsStory> {
  const chainId = Number(await ask('eth_chainId', []));
  const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 };
  const chain = defineChain({
    id: chainId,
    name: 'story',
    nativeCurrency,
    rpcUrls: { default: { http: [] } },
  });
  const transport = custom({
    request: ({ method, params }: { method: string; params?: unknown }) =>
      ask(method, (params ?? []) as readonly unknown[]),
  });
  const issuerKey = seeded(`${label} issuer`);
  const account = privateKeyToAccount(issuerKey);
  const wallet = createWalletClient({ account, chain, transport, pollingInterval: 20 }).extend(publicActions);
  await fundThrough(ask, account.address, parseEther('1'));
  const deployed = await wallet.waitForTransactionReceipt({
    hash: await wallet.deployContract({ abi, bytecode: collectorReceiptsBytecode }),
  });
  const contract = (deployed.contractAddress ?? '0x').toLowerCase() as Hex;
  const send = async (functionName: string, args: readonly unknown[]): Promise<number> => {
    const hash = await wallet.writeContract({
      abi,
      address: contract,
      functionName,
      args,
    });
    const { blockNumber, status } = await wallet.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`${functionName} was refused by the contract.`);
    return Number((await wallet.getBlock({ blockNumber })).timestamp);
  };
  const view = (functionName: string, args: readonly unknown[]): Promise<unknown> =>
    wallet.readContract({ abi, address: contract, functionName, args });

  const issuer = account.address.toLowerCase() as Hex;
  const home = { chainId, contract };
  const signerKey = seeded(`${label} signer`);
  await send('setDomain', [domain]);
  await send('setSigner', [addressOfKey(signerKey)]);
  const now = await send('setPublisher', [issuer]);
  const [work, run] = [seeded('work'), seeded('run')];
  const edition = editionId(issuer, work, run);
  await send('openEdition', [work, run, 50, issuer, 500, now + 30 * DAY, 0]);
  const certify = (serial: number, version = 1): Bundle =>
    issueCertificate(
      {
        home,
        token: { issuer, edition, serial },
        document: documentOf(label, serial, version),
        claimKey: addressOfKey(seeded(`${label} claim ${String(serial)}`)),
      },
      signerKey,
    );
  const signed = [1, 2, 3, 4, 5].map((serial) => certify(serial));
  const tree = positionalTree(signed.map((bundle) => deriveCertificate(bundle).leaf));
  const time = await send('anchor', [
    tokenIdOf({ issuer, edition, serial: 1 }),
    5,
    tree.root,
    0,
    NO_WORD,
    NO_WORD,
  ]);
  const batch = { firstSerial: 1, time, cosignUntil: 0 };
  const bundles = signed.map((bundle) => withInclusion(bundle, tree, batch));
  const replacement = certify(4, 2);
  await send('replace', [tokenIdOf({ issuer, edition, serial: 4 }), deriveCertificate(replacement).leaf, 1]);
  await send('revoke', [[tokenIdOf({ issuer, edition, serial: 3 })], 6]);
  await claimAndMiss();
  return { home, issuer, edition, domain, bundles, replacement, unanchored: certify(6), view };

  /** The holder of serial 2 is the issuer here, so that it can report it missing with the one funded key. */
  async function claimAndMiss(): Promise<void> {
    const [, second] = signed;
    if (second === undefined) throw new Error('Expected a second certificate.');
    const deadline = BigInt(now + DAY);
    const terms = { issuer, edition, serial: 2, recipient: issuer, deadline };
    await send('claim', [
      {
        ...terms,
        batch: { firstSerial: 1, count: 5, root: tree.root, time: BigInt(time), cosignUntil: 0 },
        certificateDigest: deriveCertificate(second).digest,
        path: treePath(tree, 1),
        claimSignature: signDigest(seeded(`${label} claim 2`), claimDigest(home, terms)),
        coSignature: '0x',
      },
    ]);
    await send('reportMissing', [tokenIdOf({ issuer, edition, serial: 2 })]);
  }
}

/** A document of today's shape: two makers, and a history of three events under its head. */
function documentOf(label: string, serial: number, version: number): ReturnType<typeof makeDocument> {
  const salt = (path: string): Hex => seeded(`${label} ${path} ${String(serial)}`);
  const photo = { sha256: seeded(`${label} photo`).slice(2), type: 'image/webp' };
  const values: Record<string, JsonValue> = {
    [eventPath(1)]: {
      at: '2026-11-20T09:00:00.000Z',
      kind: 'operation',
      station: 'Riso 2',
      text: 'Printing',
    },
    [eventPath(2)]: { at: '2026-11-20T09:40:00.000Z', kind: 'photo', photo, text: 'The second colour' },
    [eventPath(3)]: { at: '2026-11-20T10:00:00.000Z', kind: 'quality', result: 'passed', text: 'Passed' },
    'what.serial': serial,
    'what.version': version,
    'what.work': 'Harbour at night',
    [makerPath(1)]: { kind: 'name', name: 'A printer', share: 6_667 },
    [makerPath(2)]: { kind: 'pseudonym', name: 'Maker 3', share: 3_333 },
  };
  const fields = Object.entries(values).map(([path, value]) => ({ path, salt: salt(path), value }));
  return makeDocument(withHistoryHead(fields, salt(HISTORY_HEAD)));
}

import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createPublicClient,
  encodeAbiParameters,
  http,
  keccak256,
  numberToHex,
  slice,
  type Hex,
  type PublicClient,
} from 'viem';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { Api } from '../../apps/local/src/story/api.ts';
import { STORY_DAYS, play, type Ending } from '../../apps/local/src/story/plot.ts';
import { StoryTime } from '../../apps/local/src/story/time.ts';
import { startTestApp, type TestApp } from '../support/app.js';
import { startPublisher } from '../support/builders/certificates.js';
import { signedIn } from '../support/builders/membership.js';
import { createOwnChain, type TestChain } from '../support/chain.js';
import { brokenInvariants } from './story/invariants.js';
import { rootOf } from './story/merkle.js';
import { quotaSplit } from './story/quota.js';

const PASSWORD = 'demo password of one machine';
const DAY = 86_400_000;
/** The scenes are for the person at the screen of the first start. */
const say = (): void => undefined;

const DROPS = `query ($coopId: ID!) { drops(coopId: $coopId, first: 10) { edges { node {
  id state size unitsOrdered unitsLeft edition { id gtin made } } } } }`;
const LEAVES = `query ($coopId: ID!, $editionId: ID!) { batchLeaves(coopId: $coopId, editionId: $editionId, firstSerial: 1) {
  firstSerial count root leaves } }`;
const VERIFY = `query ($gtin: String!, $serial: Int!) { verify(input: { gtin: $gtin, serial: $serial }) { word } }`;
const AGREEMENTS = `query ($coopId: ID!) { agreements(coopId: $coopId, first: 5) { edges { node { version {
  fee soldMinor(currency: "EUR") parties { accountId share weight } } } } } }`;
const STATEMENT = `query ($coopId: ID!, $accountId: ID!) { statement(coopId: $coopId, currency: "EUR", accountId: $accountId) {
  earnedMinor payableMinor } }`;

interface DropNode {
  readonly state: string;
  readonly size: number;
  readonly unitsOrdered: number;
  readonly edition: { readonly id: string; readonly gtin: string; readonly made: number };
}

describe('the story of a co-op', () => {
  let chain: TestChain;
  let app: TestApp;
  let publisher: INestApplicationContext;
  let ending: Ending;
  let coopId: string;
  let reader: PublicClient;
  let time: StoryTime | undefined;
  const token = (role: string): Promise<string> => signedIn(app, `${role}@demo.touchmark.test`, PASSWORD);

  beforeAll(async () => {
    const begunAt = new Date(Date.now() - STORY_DAYS * DAY);
    chain = await createOwnChain({ behindSeconds: STORY_DAYS * 86_400 });
    app = await startTestApp({ chain, worker: true });
    publisher = await startPublisher(app);
    time = await StoryTime.open(app.database.url, chain.rpcUrl, Date.now() - begunAt.getTime());
    ending = await play({
      api: new Api(app.url),
      mailDir: app.mailDir,
      url: app.url,
      time,
      begunAt,
      env: app.env,
      say,
    });
    const { coop } = await app.gql<{ coop: { id: string } }>('{ coop(slug: "night-harbour") { id } }');
    coopId = coop.id;
    reader = createPublicClient({ transport: http(chain.rpcUrl) });
  }, 300_000);
  afterAll(async () => {
    await time?.close();
    await publisher.close();
    await app.stop();
    await chain.close();
  });

  const drops = async (): Promise<DropNode[]> => {
    const { drops: page } = await app.gql<{ drops: { edges: { node: DropNode }[] } }>(DROPS, { coopId });
    return page.edges.map((edge) => edge.node);
  };
  const made = async (): Promise<DropNode> => {
    const drop = (await drops()).find((one) => one.state === 'LOCKED');
    if (drop === undefined) throw new Error('no drop was locked');
    return drop;
  };

  it('ends with eight pieces made, one drop still open, and a link that verifies as genuine', async () => {
    expect(
      (await drops()).map(({ state, unitsOrdered, edition }) => [state, unitsOrdered, edition.made]),
    ).toEqual([
      ['OPEN', 4, 0],
      ['LOCKED', 8, 8],
    ]);
    const [, gtin, serial] = /\/01\/(\d+)\/21\/(\d+)$/.exec(ending.certificateUrl) ?? [];
    const { verify } = await app.gql<{ verify: { word: string } }>(VERIFY, { gtin, serial: Number(serial) });
    expect(verify.word).toBe('GENUINE');
  });

  it('has the root on chain that its published leaves give, read with nothing of ours but the ABI', async () => {
    const { edition } = await made();
    const { batchLeaves } = await app.gql<{ batchLeaves: { count: number; root: Hex; leaves: Hex[] } }>(
      LEAVES,
      {
        coopId,
        editionId: edition.id,
      },
    );
    const root = rootOf(batchLeaves.leaves);
    expect(root).toBe(batchLeaves.root);
    const [anchored] = await reader.getContractEvents({
      address: chain.contract,
      abi: collectorReceiptsAbi,
      eventName: 'BatchAnchored',
      fromBlock: 0n,
      strict: true,
    });
    expect(anchored?.args).toMatchObject({ root, count: batchLeaves.count });
    if (anchored === undefined) throw new Error('no batch was anchored');
    const { firstTokenId, cosignUntil } = anchored.args;
    const id = numberToHex(firstTokenId, { size: 32 });
    const [issuer, onChain, serial] = [slice(id, 0, 20), BigInt(slice(id, 20, 28)), Number(slice(id, 28))];
    const { timestamp: time } = await reader.getBlock({ blockHash: anchored.blockHash });
    // Events can be omitted by a node; the commitment in storage cannot.
    const stored = await reader.readContract({
      address: chain.contract,
      abi: collectorReceiptsAbi,
      functionName: 'batchOf',
      args: [issuer, onChain, serial],
    });
    const commitment = encodeAbiParameters(
      [{ type: 'bytes32' }, { type: 'uint32' }, { type: 'uint64' }, { type: 'uint32' }],
      [root, batchLeaves.count, time, cosignUntil],
    );
    expect(stored).toBe(keccak256(commitment));
  });

  it('has parted the money by the published agreement to the cent', async () => {
    const treasurer = { token: await token('treasurer') };
    const { agreements } = await app.gql<{
      agreements: {
        edges: {
          node: {
            version: { fee: string; soldMinor: string; parties: { accountId: string; weight: string }[] };
          };
        }[];
      };
    }>(AGREEMENTS, { coopId }, treasurer);
    const version = agreements.edges[0]?.node.version;
    if (version === undefined) throw new Error('no agreement is published');
    const [fee = 0, of = 1] = version.fee.split('/').map(Number);
    expect(version.soldMinor).toBe(String(8 * 4850));
    const [, rest = 0] = quotaSplit([fee, of - fee], Number(version.soldMinor));
    const shares = quotaSplit(
      version.parties.map((party) => Number(party.weight)),
      rest,
    );
    const paid: string[] = [];
    for (const { accountId } of version.parties) {
      const { statement } = await app.gql<{ statement: { earnedMinor: string; payableMinor: string } }>(
        STATEMENT,
        { coopId, accountId },
        treasurer,
      );
      expect(statement.earnedMinor).toBe('0');
      paid.push(statement.payableMinor);
    }
    expect(paid).toEqual(shares.map(String));
  });

  it('keeps every invariant', async () => {
    expect(await brokenInvariants(app)).toEqual([]);
  });

  it('changes nothing when it is told again', async () => {
    const count = (): Promise<object[]> =>
      app.database
        .query(`SELECT (SELECT count(*) FROM sale_order) AS orders, (SELECT count(*) FROM ledger_transaction) AS posted,
        (SELECT count(*) FROM certificate) AS certificates, (SELECT count(*) FROM chain_call) AS calls`);
    const before = await count();
    if (time === undefined) throw new Error('the story has not begun');
    const begunAt = new Date(Date.now() - STORY_DAYS * DAY);
    const again = play({
      api: new Api(app.url),
      mailDir: app.mailDir,
      url: app.url,
      time,
      begunAt,
      env: app.env,
      say,
    });
    // Its dates are others now, so the drop is another request under the same id: refused, and nothing moves.
    await expect(again).rejects.toThrow('RequestIdReused');
    expect(await count()).toEqual(before);
  });
});

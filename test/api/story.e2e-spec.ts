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
import { until } from '../support/until.js';
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
const SHOWN = `query ($gtin: String!, $serial: Int!) { verify(input: { gtin: $gtin, serial: $serial }) {
  claimedSince scanNotice piece { story { makers { name share } steps { text photo { sha256 } } } } } }`;
const TAGS = `query ($coopId: ID!, $editionId: ID!) { nfcTags(coopId: $coopId, editionId: $editionId) { edges { node {
  serial lastCounter } } } }`;
const ANOMALIES = `query ($coopId: ID!) { scanAnomalies(coopId: $coopId) { edges { node { serial pattern times } } } }`;

interface Shown {
  readonly claimedSince: string | null;
  readonly scanNotice: string | null;
  readonly piece: {
    readonly story: {
      readonly makers: readonly { readonly name: string; readonly share: number }[];
      readonly steps: readonly {
        readonly text: string;
        readonly photo: { readonly sha256: string } | null;
      }[];
    };
  } | null;
}

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
    // Three weeks of a co-op: half a minute on a machine of its own, five on one with fifteen others.
  }, 1_200_000);
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

  it('shows what became of its pieces: photographed, credited, tagged, one claimed, one link passed on', async () => {
    const { edition } = await made();
    const pieces = await Promise.all(
      [1, 2, 3, 4].map(
        async (serial) => (await app.gql<{ verify: Shown }>(SHOWN, { gtin: edition.gtin, serial })).verify,
      ),
    );
    for (const { piece } of pieces) {
      const steps = piece?.story.steps.map(({ text, photo }) => (photo === null ? text : `photo: ${text}`));
      expect(steps).toEqual([
        ...['Print two colours', 'photo: Medium blue first, bright red in register over it', 'Trim'],
        ...['photo: Trimmed by hand, sheet by sheet', 'Number and sleeve'],
        ...['photo: The run, in order, before it is sleeved', 'Inspect', 'Inspection passed'],
      ]);
      const makers = piece?.story.makers.map(({ name, share }) => [name, share]);
      expect(makers).toEqual([
        ['Printmaker', 7000],
        ['Illustrator', 2000],
        [expect.stringMatching(/^Maker \d+ of Night Harbour Editions$/), 1000],
      ]);
    }
    const photo = pieces[0]?.piece?.story.steps.find(({ photo: taken }) => taken !== null)?.photo?.sha256;
    expect((await fetch(`${app.url}/photos/${String(photo)}`)).headers.get('content-type')).toBe('image/png');
    expect(pieces.map(({ claimedSince }) => claimedSince !== null)).toEqual([false, true, false, false]);
    expect(pieces.map(({ scanNotice }) => scanNotice !== null)).toEqual([false, false, false, true]);
    const operator = { token: await token('operator') };
    const tags = await app.gql<{ nfcTags: { edges: { node: object }[] } }>(
      TAGS,
      { coopId, editionId: edition.id },
      operator,
    );
    expect(tags.nfcTags.edges.map(({ node }) => node)).toEqual(
      expect.arrayContaining([
        { serial: 3, lastCounter: 1 },
        { serial: 4, lastCounter: 1 },
      ]),
    );
    const odd = await app.gql<{ scanAnomalies: { edges: { node: object }[] } }>(
      ANOMALIES,
      { coopId },
      operator,
    );
    expect(odd.scanAnomalies.edges.map(({ node }) => node)).toEqual([
      { serial: 4, pattern: 'CODE_SHOWN_AGAIN', times: 4 },
    ]);
  });

  it('gives whoever starts it a seal to open and a tag to tap', () => {
    const how = (role: string): string => ending.people.find((one) => one.role === role)?.how ?? '';
    expect(how('open seal')).toMatch(/\/claim#\/01\/\d{14}\/21\/1\/[0-9a-f]{64} /);
    expect(how('tag')).toMatch(/\/01\/\d{14}\/21\/3\?picc=[0-9A-F]{32}&mac=[0-9A-F]{16} /);
  });

  it('keeps every invariant', async () => {
    expect(await brokenInvariants(app)).toEqual([]);
  });

  it('changes nothing when it is told again', async () => {
    await until('nothing more to be under way', async () => {
      const [row] = await app.database.query<{ open: number }>(
        `SELECT (SELECT count(*) FROM chain_call WHERE state NOT IN ('final', 'given_up'))::int
          + (SELECT count(*) FROM graphile_worker._private_jobs WHERE attempts < max_attempts AND run_at < now())::int AS open`,
      );
      return row?.open === 0;
    });
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

import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Bundle,
  bundleText,
  type ChainNodePort,
  decideVerdict,
  factsFromBundle,
  type FactsRead,
  type Hex,
  parseBundle,
  questionOf,
  readFacts,
  tokenIdOf,
  trustOf,
  withProof,
} from '@touchmark/certificates';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { callRpc } from '../../../apps/local/src/rpc.ts';
import { serviceUrl } from '../../support/environment.js';
import { type AskNode, type ReceiptsStory, tellReceiptsStory } from '../../support/receipts-story.js';

const LONG = `${'harbour-print-and-bindery-'.repeat(7)}co.example`;

/** Hardhat's own network, in this process, at a fork of Ethereum. */
async function hardhatAt(hardfork: string): Promise<AskNode> {
  const hre = await createHardhatRuntimeEnvironment({
    networks: { proofs: { type: 'edr-simulated', chainType: 'l1', hardfork } },
  });
  const { provider } = await hre.network.create('proofs');
  return (method, params) => provider.request({ method, params: [...params] });
}

const CHAINS: readonly (readonly [string, string, () => Promise<AskNode>])[] = [
  ['anvil', LONG, () => Promise.resolve((method, params) => callRpc(serviceUrl('chain'), method, params))],
  ["Hardhat's network at cancun", 'harbour.example', () => hardhatAt('cancun')],
  ["Hardhat's network at prague", LONG, () => hardhatAt('prague')],
];

describe.each(CHAINS)('what the contract stores, on %s', (name, domain, connect) => {
  let ask: AskNode;
  let story: ReceiptsStory;
  let nodes: ChainNodePort[];

  const readAbout = async (bundle: Bundle, asFinal = true): Promise<FactsRead> => {
    const { inclusion } = bundle;
    const read = await readFacts(nodes, {
      ...questionOf(bundle),
      ...story.home,
      anchoredAt: asFinal ? (inclusion?.time ?? null) : null,
      provenBlock: null,
      codeHash: null,
    });
    if (read.kind === 'FactsUnread') throw new Error(read.unavailable);
    return read;
  };

  beforeAll(async () => {
    ask = await connect();
    story = await tellReceiptsStory(ask, domain, `${name} ${String(Date.now())}`);
    for (let block = 0; block < 2; block += 1) await ask('evm_mine', []);
    nodes = [{ name: 'node 1', ask }];
  });

  it('is proven as the contract itself says it, for each kind of piece', async () => {
    const { issuer, edition } = story;
    const [, , period, slot] = await Promise.all([
      ...['issuerOf'].map((view) => story.view(view, [issuer])),
      story.view('batchOf', [issuer, edition, 1]),
      story.view('signerOf', [issuer, story.bundles[0]?.signer]),
      story.view('editionOf', [issuer, edition]),
    ]);
    const [named, batch] = [
      await story.view('issuerOf', [issuer]),
      await story.view('batchOf', [issuer, edition, 1]),
    ];
    for (const bundle of [...story.bundles, story.unanchored]) {
      const { facts } = await readAbout(bundle, false);
      const tokenId = tokenIdOf({ issuer, edition, serial: bundle.serial });
      const [validFrom, retiredAt] = period as [bigint, bigint];
      const [, size, anchored, , anchorUntil, , objectionSeconds] = slot as [
        Hex,
        number,
        number,
        number,
        number,
        boolean,
        number,
      ];
      const replaced = await story.view('replacementOf', [tokenId]);
      const owner =
        bundle.serial === 2 ? ((await story.view('ownerOf', [tokenId])) as string).toLowerCase() : null;
      expect(facts).toMatchObject({
        issuer: { domain: (named as [string])[0], publisher: (named as [string, string])[1].toLowerCase() },
        signer: { validFrom: Number(validFrom), retiredAt: Number(retiredAt) },
        edition: { size, anchored, anchorUntil, objectionSeconds, closed: false },
        batchCommitment: bundle.inclusion === null ? null : batch,
        status: await story.view('statusOf', [tokenId]),
        replacement: /^0x0+$/.test(replaced as string) ? null : replaced,
        holder: owner,
        missing:
          bundle.serial === 2
            ? { reportedAt: Number(((await story.view('missingOf', [tokenId])) as [Hex, bigint])[1]) }
            : null,
      });
    }
    expect((named as [string])[0]).toBe(domain);
  });

  it('gives the verdict of each piece with the network unplugged', async () => {
    const words: Record<number, string> = {};
    for (const bundle of story.bundles) {
      const { facts, proof, codeHash } = await readAbout(bundle);
      const read = parseBundle(bundleText(withProof(bundle, proof)));
      if (read.kind === 'BundleRefused') throw new Error(read.message);
      const root = { ...story.home, codeHash, issuer: story.issuer, blockHash: facts.blockHash };
      const chainFacts = factsFromBundle(root, read);
      expect(chainFacts).toEqual({ ...facts, finality: 'final' });
      words[bundle.serial] = decideVerdict({ bundle: read, chainFacts, trust: trustOf(root) }).verdict;
    }
    expect(words).toEqual({ 1: 'GENUINE', 2: 'GENUINE', 3: 'WITHDRAWN', 4: 'SUPERSEDED', 5: 'GENUINE' });
  });
});

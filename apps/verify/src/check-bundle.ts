import {
  type BundleRead,
  type ChainFacts,
  type ChainNodePort,
  type ChainUnavailable,
  decideVerdict,
  factsFromBundle,
  type NodeHeights,
  type NodeProblem,
  parseBundle,
  readCertificate,
  type TrustedIssuer,
} from '@touchmark/certificates';
import { confirmName } from './did/confirm-name.js';
import type { DidFetch } from './did/fetch-did.js';
import { findHome, type KnownHome } from './find-home.js';
import type { Options } from './options.js';
import { type NameReport, type Report, subjectOf } from './report.js';

/** What a check may use of the world. */
export interface Means {
  readonly nodes: readonly ChainNodePort[];
  /** How the did.json of a domain is fetched. */
  readonly didFetch: (domain: string) => DidFetch;
}

/** What was learnt of the chain. */
export interface Learnt {
  readonly facts: ChainFacts | ChainUnavailable;
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
}

const NOBODY_ASKED: NameReport = {
  kind: 'NotAsked',
  message: 'No domain was asked for the name of the issuer.',
};

/** Judges a bundle by what nodes prove, or offline by the proof that it carries and a block that the caller trusts. */
export async function checkBundle(content: Uint8Array, options: Options, means: Means): Promise<Report> {
  const bundle = parseBundle(content);
  if (bundle.kind === 'BundleRefused') {
    const chainFacts = { unavailable: 'there is no readable certificate to ask about' };
    const verdict = decideVerdict({ bundle, chainFacts, trust: { chainId: 0, contract: '0x', issuers: [] } });
    return { verdict, subject: null, name: NOBODY_ASKED, heights: [], problems: [], hints: [] };
  }
  const { chainId, contract, issuer, inclusion } = bundle.bundle;
  const home = findHome(options, chainId);
  const { facts, heights, problems } = await learn(bundle, home, options, means);
  const pinned = options.issuers.map((address): TrustedIssuer => ({ kind: 'Pinned', issuer: address }));
  const piece = { chainId, contract, issuer, anchoredAt: inclusion?.time ?? null };
  const { issuers, name } = await nameOf(piece, facts, options, means);
  const trust = { ...(home ?? { chainId, contract }), issuers: [...pinned, ...issuers] };
  const verdict = decideVerdict({ bundle, chainFacts: facts, trust });
  const hints = hintsFor(bundle, home, options);
  return { verdict, subject: subjectOf(bundle), name, heights, problems, hints };
}

async function learn(
  read: BundleRead,
  home: KnownHome | null,
  { blockHash }: Options,
  { nodes }: Means,
): Promise<Learnt> {
  const { bundle, provenBlock } = read;
  const unread = (unavailable: string): Learnt => ({ facts: { unavailable }, heights: [], problems: [] });
  if (home === null)
    return unread(`no contract on chain ${String(bundle.chainId)} is known to this verifier`);
  if (blockHash !== null && provenBlock?.hash !== blockHash) {
    const own = provenBlock === null ? 'it carries none' : `its own is of ${provenBlock.hash}`;
    return unread(`the bundle carries no proof of the block ${blockHash}: ${own}`);
  }
  if (nodes.length > 0) {
    const answer = await readCertificate(nodes, read, home);
    const { heights, problems } = answer;
    return { facts: answer.kind === 'FactsRead' ? answer.facts : answer, heights, problems };
  }
  if (blockHash === null) return unread('no node was asked');
  const facts = factsFromBundle({ ...home, issuer: bundle.issuer, blockHash }, read);
  return { facts, heights: [], problems: [] };
}

async function nameOf(
  piece: Parameters<typeof confirmName>[0],
  facts: ChainFacts | ChainUnavailable,
  options: Options,
  { nodes, didFetch }: Means,
): ReturnType<typeof confirmName> {
  // Offline stays offline, and whoever pins an issuer has decided already.
  const asking = nodes.length > 0 && !options.issuers.includes(piece.issuer) && !('unavailable' in facts);
  return asking
    ? confirmName(piece, facts, didFetch(facts.issuer.domain))
    : { issuers: [], name: NOBODY_ASKED };
}

function hintsFor(
  { bundle: { chainId }, provenBlock }: BundleRead,
  home: KnownHome | null,
  options: Options,
): string[] {
  const noHome = `No official contract on chain ${String(chainId)} is known. If you know the right one, give it by --contract.`;
  const offline = options.nodes.length === 0 && options.blockHash === null;
  return [
    ...(home === null ? [noHome] : []),
    ...(offline
      ? [`To ask the chain, give the address of a node of chain ${String(chainId)} by --rpc.`]
      : []),
    ...(offline && provenBlock !== null ? [proofHint(provenBlock)] : []),
  ];
}

function proofHint({ number, hash }: { readonly number: number; readonly hash: string }): string {
  return `Without a network: the bundle carries a proof at block ${String(number)}. If a source that you trust says that its hash is ${hash}, give that by --block-hash.`;
}

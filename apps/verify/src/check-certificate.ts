import {
  type BundleRead,
  type BundleRefused,
  type CertificateRead,
  type ChainNodePort,
  type CheckpointRead,
  CORE_PREFIX,
  decideVerdict,
  parseBundle,
  parseCore,
  type TrustedIssuer,
} from '@touchmark/certificates';
import { confirmName, type ConfirmedName } from './did/confirm-name.js';
import type { DidFetch } from './did/fetch-did.js';
import { findHome, type KnownHome } from './find-home.js';
import { learnFacts, type Learnt } from './learn-facts.js';
import type { Options } from './options.js';
import { type NameReport, type Report, subjectOf } from './report.js';

/** What a check may use of the world. */
export interface Means {
  readonly nodes: readonly ChainNodePort[];
  /** What the checkpoint file holds; null when none was given. */
  readonly checkpoint: CheckpointRead | BundleRefused | null;
  /** How the did.json of a domain is fetched. */
  readonly didFetch: (domain: string) => DidFetch;
}

const NOBODY_ASKED: NameReport = {
  kind: 'NotAsked',
  message: 'No domain was asked for the name of the issuer.',
};

/** Judges a certificate by what nodes prove, or offline by a proof and a block that the caller trusts. */
export async function checkCertificate(content: Uint8Array, options: Options, means: Means): Promise<Report> {
  const read = options.form === 'core' ? parseCore(coreIn(content)) : parseBundle(content);
  if (read.kind === 'BundleRefused') return refused(read);
  const { chainId, contract, issuer, inclusion } = read.bundle;
  const home = findHome(options, chainId);
  const learnt = await learnFacts(read, home, options, means);
  const pinned = options.issuers.map((address): TrustedIssuer => ({ kind: 'Pinned', issuer: address }));
  const piece = { chainId, contract, issuer, anchoredAt: inclusion?.time ?? null };
  const { issuers, name } = await nameOf(piece, learnt, options, means);
  const trust = { ...(home ?? { chainId, contract }), issuers: [...pinned, ...issuers] };
  const verdict = decideVerdict({ bundle: read, chainFacts: learnt.facts, trust });
  const { heights, problems } = learnt;
  const hints = hintsFor(read, home, options, means);
  return { verdict, subject: subjectOf(read), name, heights, problems, hints };
}

function refused(bundle: BundleRefused): Report {
  const chainFacts = { unavailable: 'there is no readable certificate to ask about' };
  // Nobody's home: what cannot be read is made for none.
  const verdict = decideVerdict({
    bundle,
    chainFacts,
    trust: { chainId: 0, contract: '0x', issuers: [] },
  });
  return { verdict, subject: null, name: NOBODY_ASKED, heights: [], problems: [], hints: [] };
}

/** A core as bytes, or as the text of its code; editors end a text with a new line, which is not part of it. */
function coreIn(content: Uint8Array): Uint8Array | string {
  const text = new TextDecoder().decode(content);
  return text.startsWith(CORE_PREFIX) ? text.replace(/[\r\n]+$/, '') : content;
}

async function nameOf(
  piece: Parameters<typeof confirmName>[0],
  { facts }: Learnt,
  options: Options,
  { nodes, didFetch }: Means,
): Promise<ConfirmedName> {
  // Offline stays offline, and whoever pins an issuer has decided already.
  const asking = nodes.length > 0 && !options.issuers.includes(piece.issuer);
  if (!asking || 'unavailable' in facts) return { issuers: [], name: NOBODY_ASKED };
  return confirmName(piece, facts, didFetch(facts.issuer.domain));
}

function hintsFor(
  read: CertificateRead,
  home: KnownHome | null,
  { nodes, blockHash }: Options,
  { checkpoint }: Means,
): string[] {
  const chain = `chain ${String(read.bundle.chainId)}`;
  const offline = nodes.length === 0 && blockHash === null;
  const proven = provenBy(read, checkpoint);
  return [
    ...(home === null
      ? [`No official contract on ${chain} is known. If you know the right one, give it by --contract.`]
      : []),
    ...(offline ? [`To ask the chain, give the address of a node of ${chain} by --rpc.`] : []),
    ...(offline && proven !== null
      ? [
          `Without a network: there is a proof at block ${String(proven.number)}. If a source that you trust says that its hash is ${proven.hash}, give that by --block-hash.`,
        ]
      : []),
  ];
}

function provenBy(read: CertificateRead, checkpoint: Means['checkpoint']): BundleRead['provenBlock'] {
  if (checkpoint?.kind === 'CheckpointRead') return checkpoint.provenBlock;
  return read.kind === 'BundleRead' ? read.provenBlock : null;
}

import {
  type BundleRead,
  type BundleRefused,
  type ChainFacts,
  type ChainUnavailable,
  CORE_PREFIX,
  type CoreRead,
  decideVerdict,
  factsFromBundle,
  factsFromCheckpoint,
  type Hex,
  isDisclosed,
  parseBundle,
  parseCore,
  type Trust,
  trustOf,
  type Verdict,
} from '@touchmark/certificates';
import type { VerdictView } from '../verdict-view.ts';
import { verdictMeaning } from '../verdict-words.ts';
import type { KeptEdition } from './kept.ts';

/** A block and an issuer that somebody trusts, because they looked them up elsewhere. */
export interface TrustedBlock {
  readonly blockHash: Hex;
  readonly issuer: Hex;
}

/** What this device found, without any network. */
export interface OfflineCheck {
  readonly verdict: VerdictView;
  readonly meaning: string;
  /** What is missing to say more; null when nothing is. */
  readonly missing: string | null;
  /** What the certificate says it is, when it can be read. */
  readonly piece: { readonly title: string; readonly serial: number; readonly by: string | null } | null;
}

type Read = BundleRead | CoreRead;

/** Whether a text is a code of ours rather than a file or an address. */
export const isCode = (text: string): boolean => text.trim().startsWith(CORE_PREFIX);

/** Judges the text of a certificate file or of a dense code by what this device keeps and whom its owner trusts. */
export function checkOffline(
  text: string,
  kept: readonly KeptEdition[],
  trusted: TrustedBlock | null,
): OfflineCheck {
  const read = isCode(text) ? parseCore(text.trim()) : parseBundle(text);
  if (read.kind === 'BundleRefused') return refused(read);
  const edition = kept.find(({ read: { checkpoint } }) => {
    const { issuer, edition: number, contract, chainId } = read.bundle;
    return (
      checkpoint.issuer === issuer &&
      checkpoint.edition === number &&
      checkpoint.contract === contract &&
      checkpoint.chainId === chainId
    );
  });
  const { facts, trust, missing } = edition
    ? byCheckpoint(read, edition)
    : read.kind === 'BundleRead'
      ? byOwnProof(read, trusted)
      : unknown(
          read,
          `this device keeps no checkpoint of its edition. Keep the edition while there is a network`,
        );
  const verdict = decideVerdict({ bundle: read, chainFacts: facts, trust });
  return {
    verdict: viewOf(verdict),
    meaning: meaningOf(verdict),
    missing,
    piece: pieceOf(read, edition ?? null),
  };
}

interface Judged {
  readonly facts: ChainFacts | ChainUnavailable;
  readonly trust: Trust;
  readonly missing: string | null;
}

function byCheckpoint(read: Read, { read: kept }: KeptEdition): Judged {
  const { chainId, contract, issuer } = kept.checkpoint;
  // The block is trusted because it was fetched from the co-op's own site; the page says so.
  const root = { chainId, contract, codeHash: kept.codeHash, issuer, blockHash: kept.provenBlock.hash };
  const facts = factsFromCheckpoint(root, kept, read);
  const missing =
    'unavailable' in facts
      ? `What is missing: ${facts.unavailable}. Renew the edition when there is a network.`
      : null;
  return { facts, trust: trustOf(root), missing };
}

function byOwnProof(read: BundleRead, trusted: TrustedBlock | null): Judged {
  const { chainId, contract } = read.bundle;
  const { provenBlock } = read;
  if (provenBlock === null)
    return unknown(
      read,
      'the file carries no proof, and this device keeps no checkpoint of its edition. Keep the edition while there is a network, or download the file again once it is final',
    );
  if (trusted === null)
    return unknown(
      read,
      `somebody to vouch for block ${String(provenBlock.number)} of chain ${String(chainId)}, which the proof in the file is of: its hash is ${provenBlock.hash}. Compare it with a block explorer and give it below with the issuer that you trust, or keep the edition while there is a network`,
    );
  const root = { chainId, contract, codeHash: null, ...trusted };
  const facts = factsFromBundle(root, read);
  return {
    facts,
    trust: trustOf(root),
    missing: 'unavailable' in facts ? `What is missing: ${facts.unavailable}.` : null,
  };
}

function unknown({ bundle: { chainId, contract } }: Read, words: string): Judged {
  const facts = { unavailable: 'no network was asked' };
  return { facts, trust: { chainId, contract, issuers: [] }, missing: `What is missing: ${words}.` };
}

function refused(bundle: BundleRefused): OfflineCheck {
  const trust = { chainId: 0, contract: `0x${'0'.repeat(40)}`, issuers: [] } as const;
  const verdict = decideVerdict({ bundle, chainFacts: { unavailable: 'no network was asked' }, trust });
  return { verdict: viewOf(verdict), meaning: meaningOf(verdict), missing: null, piece: null };
}

function meaningOf({ verdict, asOf }: Verdict): string {
  if (asOf === null) return verdictMeaning[verdict];
  const when = new Date(asOf.blockTime * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `${verdictMeaning[verdict]} That is as of ${when} UTC; what happened since is not known here.`;
}

function viewOf({ verdict, proven, notProven, axes, asOf }: Verdict): VerdictView {
  return {
    word: verdict,
    proven,
    notProven,
    axes: Object.entries(axes).map(([axis, { state, code, message, source }]) => ({
      ...{ axis, finding: state, reasonCode: code, reason: message, source },
    })),
    asOf: asOf && {
      blockNumber: String(asOf.blockNumber),
      blockTime: new Date(asOf.blockTime * 1000).toISOString(),
      finality: asOf.finality,
    },
  };
}

function pieceOf(read: Read, edition: KeptEdition | null): OfflineCheck['piece'] {
  const said = (path: string): string | null => {
    const field =
      read.kind === 'BundleRead' ? read.bundle.document.find((each) => each.path === path) : undefined;
    return field && isDisclosed(field) && typeof field.value === 'string' ? field.value : null;
  };
  const title = said('what.title') ?? edition?.title ?? 'A piece';
  return { title, serial: read.bundle.serial, by: said('who.coop') ?? edition?.coopName ?? null };
}

import { batchCommitment, isMember } from '../tree.js';
import { sameHex } from '../hex.js';
import { REASONS, type ReasonName } from '../reasons.js';
import type {
  AsOf,
  AxisState,
  CertificateRead,
  ChainFacts,
  Finding,
  Trust,
  VerdictInput,
} from './verdict.types.js';

/** The input of a verdict, sorted into what there is and what there is not. */
export interface Evidence {
  readonly read: CertificateRead | null;
  readonly facts: ChainFacts | null;
  readonly unavailable: string;
  readonly trust: Trust;
}

/** How a certificate stands to the chain, before finality and objection time are asked. */
export type Anchorage =
  'NONE_CLAIMED' | 'IN_BATCH' | 'REPLACEMENT' | 'BLOCK_TOO_OLD' | 'ABSENT' | 'DIFFERENT';

const ZERO_WORD = `0x${'00'.repeat(32)}`;

/** Sorts the input of a verdict. */
export function evidenceOf({ bundle, chainFacts, trust }: VerdictInput): Evidence {
  const unavailable = 'unavailable' in chainFacts ? chainFacts.unavailable : '';
  const facts = 'unavailable' in chainFacts ? null : chainFacts;
  return {
    read: bundle === null || bundle.kind === 'BundleRefused' ? null : bundle,
    facts,
    unavailable,
    trust,
  };
}

/** Compares a certificate with the batch and the replacement that the contract stores. */
export function anchorageOf({ bundle, derived }: CertificateRead, facts: ChainFacts): Anchorage {
  // Voiding a batch sets the status of its serials back and leaves the leaves that had replaced any: they count no more.
  const replaced = facts.status !== 0 && facts.replacement !== null;
  if (replaced && sameHex(facts.replacement, derived.leaf)) return 'REPLACEMENT';
  const { inclusion } = bundle;
  if (inclusion === null) return 'NONE_CLAIMED';
  if (facts.batchCommitment === null || facts.batchCommitment === ZERO_WORD) {
    // A lagging node does not lie: at its block the batch was not there yet. Blocks may share a second.
    return facts.blockTime <= inclusion.time ? 'BLOCK_TOO_OLD' : 'ABSENT';
  }
  const { index, count, path, root } = inclusion;
  const member = isMember({ leaf: derived.leaf, index, count, path }, root);
  return member && sameHex(batchCommitment(inclusion), facts.batchCommitment) ? 'IN_BATCH' : 'DIFFERENT';
}

/** Builds a finding that was read from the chain at the block of the facts, by the named view of the contract. */
export function chainFinding(
  { trust }: Evidence,
  facts: ChainFacts,
  view: string,
  state: AxisState,
  reason: ReasonName,
  message: string,
): Finding {
  const source = `chain ${trust.chainId} ${trust.contract.toLowerCase()} ${view}`;
  return { state, reason, code: REASONS[reason], message, source, asOf: asOfFacts(facts) };
}

/** Builds a finding that needed no chain. */
export function localFinding(source: string, state: AxisState, reason: ReasonName, message: string): Finding {
  return { state, reason, code: REASONS[reason], message, source, asOf: null };
}

/** The finding of an axis whose chain facts could not be read: never a reason to call a piece not genuine. */
export function chainUnread({ unavailable }: Evidence, reason: ReasonName, what: string): Finding {
  const message = `${what} could not be read from the chain (${unavailable}); try again later.`;
  return localFinding('none', 'UNDETERMINED', reason, message);
}

/** The finding of an axis that only a certificate can be asked about. */
export function noBundle(reason: ReasonName, what: string): Finding {
  return localFinding(
    'none',
    'NOT_CHECKED',
    reason,
    `${what} was not checked: there is no readable certificate.`,
  );
}

/** The block of the facts alone. */
export function asOfFacts({ blockNumber, blockHash, blockTime, finality }: ChainFacts): AsOf {
  return { blockNumber, blockHash, blockTime, finality };
}

/** Seconds since 1970 as UTC text, for people; numbers that no calendar holds stay numbers. */
export function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime())
    ? `second ${seconds}`
    : date.toISOString().replace('T', ' ').replace('.000Z', ' UTC');
}

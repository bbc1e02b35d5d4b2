import { isDisclosed } from '../document.js';
import type { ReasonName } from '../reasons.js';
import { anchorAxis, serialAxis } from './anchor-axes.js';
import { asOfFacts, type Evidence, evidenceOf, instant } from './evidence.js';
import { documentAxis, issuerAxis, signerAxis } from './issuer-axes.js';
import { holderAxis, statusAxis, tapAxis } from './status-axes.js';
import {
  type Axis,
  DECIDING_AXES,
  type Finding,
  INFORMING_AXES,
  type Verdict,
  type VerdictInput,
  type VerdictWord,
} from './verdict.types.js';

// What time will mend: everything else is in order, and the certificate is not proof yet.
const PENDING: ReadonlySet<ReasonName> = new Set<ReasonName>([
  'NOT_ANCHORED',
  'ANCHOR_TIME_OVER',
  'IN_OBJECTION_TIME',
  'BLOCK_NOT_FINAL',
  'BLOCK_BEFORE_BATCH',
  'EDITION_NOT_OPENED',
  'SERIAL_BLOCK_BEFORE_BATCH',
]);

const IN_A_BATCH: ReadonlySet<ReasonName> = new Set<ReasonName>(['IN_OBJECTION_TIME', 'BLOCK_NOT_FINAL']);

/**
 * Decides a verdict from a parsed bundle, what the contract stores at one block, and whom the verifier trusts: six axes
 * decide, two inform; a signature alone or an unreadable chain never gives GENUINE, nor does the latter NOT_GENUINE.
 */
export function decideVerdict(input: VerdictInput): Verdict {
  const evidence = evidenceOf(input);
  const axes = {
    document: documentAxis(input.bundle),
    issuer: issuerAxis(evidence),
    signer: signerAxis(evidence),
    anchor: anchorAxis(evidence),
    serial: serialAxis(evidence),
    status: statusAxis(evidence),
    holder: holderAxis(evidence),
    tap: tapAxis(input.tap ?? null),
  };
  const all = [...DECIDING_AXES, ...INFORMING_AXES].map((axis) => axes[axis]);
  return {
    verdict: wordOf(axes),
    axes,
    proven: all.filter(({ state }) => state === 'VALID').map(({ message }) => message),
    notProven: [
      ...all.filter(({ state }) => state !== 'VALID').map(({ message }) => message),
      ...limits(evidence),
    ],
    asOf: evidence.facts && asOfFacts(evidence.facts),
  };
}

function wordOf(axes: Record<Axis, Finding>): VerdictWord {
  const deciding = DECIDING_AXES.map((axis) => axes[axis]);
  const { status, anchor } = axes;
  if (deciding.some((finding) => finding !== status && finding.state === 'INVALID')) return 'NOT_GENUINE';
  if (status.reason === 'STATUS_REVOKED') return 'WITHDRAWN';
  if (status.reason === 'STATUS_REPLACED') {
    // Only what stands in a batch was issued; a second signature over a replaced serial never was.
    return anchor.state === 'VALID' || IN_A_BATCH.has(anchor.reason) ? 'SUPERSEDED' : 'UNDETERMINED';
  }
  const open = deciding.filter(({ state }) => state !== 'VALID');
  if (open.length === 0) return 'GENUINE';
  return open.every(({ reason }) => PENDING.has(reason)) ? 'PROVISIONAL' : 'UNDETERMINED';
}

function limits({ read, facts }: Evidence): string[] {
  const withheld =
    read?.kind === 'BundleRead' ? read.bundle.document.filter((field) => !isDisclosed(field)) : [];
  const labels = withheld.map(({ path }) => `"${path}"`).join(', ');
  return [
    ...(read?.kind === 'CoreRead' ? ['What the document says: this code holds only its hash.'] : []),
    ...(withheld.length > 0 ? [`What the withheld fields say: ${labels}.`] : []),
    ...(facts === null
      ? []
      : [`What happened on chain after ${instant(facts.blockTime)}, block ${facts.blockNumber}.`]),
    'That this object is the one the certificate was made for.',
  ];
}

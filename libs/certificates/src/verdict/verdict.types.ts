import type { BundleRefused } from '../bundle.js';
import type { BundleRead } from '../check-bundle.js';
import type { CoreRead } from '../core/parse-core.js';
import type { Hex } from '../hex.js';
import type { REASONS, ReasonName } from '../reasons.js';
import type { Home } from '../typed-data.js';
import type { AsOf, ChainFacts, ChainUnavailable } from './chain-facts.js';

export type { AsOf, ChainFacts, ChainUnavailable, EditionFacts } from './chain-facts.js';

/** A certificate that was read: from a whole bundle, or from its compact core. */
export type CertificateRead = BundleRead | CoreRead;

/** The answer of a check. */
export type VerdictWord =
  'GENUINE' | 'PROVISIONAL' | 'WITHDRAWN' | 'SUPERSEDED' | 'NOT_GENUINE' | 'UNDETERMINED';

export type AxisState = 'VALID' | 'INVALID' | 'NOT_CHECKED' | 'UNDETERMINED';

/** The axes that decide a verdict, in the order in which they are told. */
export const DECIDING_AXES = ['document', 'issuer', 'signer', 'anchor', 'serial', 'status'] as const;

/** The axes that inform and never decide. */
export const INFORMING_AXES = ['holder', 'tap'] as const;

export type DecidingAxis = (typeof DECIDING_AXES)[number];
export type Axis = DecidingAxis | (typeof INFORMING_AXES)[number];

/** What was found on one axis, why (frozen number and name), what it was read from and as of which block. */
export interface Finding {
  readonly state: AxisState;
  readonly code: (typeof REASONS)[ReasonName];
  readonly reason: ReasonName;
  readonly message: string;
  /** `bundle`, `trust`, `chain <id> <contract> <view>`, `tag`, or `none`. */
  readonly source: string;
  /** Null when no chain was read for it. */
  readonly asOf: AsOf | null;
}

/**
 * Whom the verifier trusts for a name: pinned by hand, or `https://<domain>/.well-known/did.json` was read and lists
 * the issuer (the caller does that); the domain must then also stand on chain.
 */
export type TrustedIssuer =
  | { readonly kind: 'Pinned'; readonly issuer: Hex }
  | { readonly kind: 'DomainBound'; readonly issuer: Hex; readonly domain: string };

/** What a verdict rests on: the one home that certificates count at, and the issuers whose names were checked. */
export interface Trust extends Home {
  readonly issuers: readonly TrustedIssuer[];
}

/** What the tap of a tag in the piece was found to be worth, and the words for it; whoever knows the tags' keys judges. */
export interface TapSeen {
  readonly state: 'UNSHOWN' | 'FRESH' | 'USED' | 'STALE' | 'UNKNOWN_TAG' | 'BAD_CODE';
  readonly words: string;
}

export interface VerdictInput {
  /** What parseBundle or parseCore answered, or null when there is none. */
  readonly bundle: CertificateRead | BundleRefused | null;
  readonly chainFacts: ChainFacts | ChainUnavailable;
  readonly trust: Trust;
  /** Left out when no tag was tapped. */
  readonly tap?: TapSeen | null;
}

export interface Verdict {
  readonly verdict: VerdictWord;
  readonly axes: Readonly<Record<Axis, Finding>>;
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  /** Null when the chain could not be read. */
  readonly asOf: AsOf | null;
}

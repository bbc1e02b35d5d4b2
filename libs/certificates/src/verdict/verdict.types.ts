import type { BundleRefused } from '../bundle.js';
import type { BundleRead } from '../check-bundle.js';
import type { Hex } from '../hex.js';
import type { REASONS, ReasonName } from '../reasons.js';
import type { Home } from '../typed-data.js';

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

/** The block at which chain facts were read; time in seconds since 1970. */
export interface AsOf {
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly blockTime: number;
  readonly finality: 'final' | 'latest';
}

/** What was found on one axis, why (frozen number and name), what it was read from and as of which block. */
export interface Finding {
  readonly state: AxisState;
  readonly code: (typeof REASONS)[ReasonName];
  readonly reason: ReasonName;
  readonly message: string;
  /** `bundle`, `trust`, `chain <id> <contract> <view>`, or `none`. */
  readonly source: string;
  /** Null when no chain was read for it. */
  readonly asOf: AsOf | null;
}

/** What the contract stores about one certificate, all read at one block; times in seconds, 0 for never. */
export interface ChainFacts extends AsOf {
  readonly issuer: { readonly domain: string; readonly publisher: Hex };
  /** Null when the issuer never added this signer. */
  readonly signer: { readonly validFrom: number; readonly retiredAt: number } | null;
  /** Null when the issuer never opened this edition. */
  readonly edition: EditionFacts | null;
  /** Commitment of the batch that starts at the bundle's first serial; null (or 32 zero bytes) when there is none. */
  readonly batchCommitment: Hex | null;
  /** 0 in force, 1 replaced, 2 and more revoked with the reason one less. */
  readonly status: number;
  /** Leaf of the certificate that replaced the anchored one. */
  readonly replacement: Hex | null;
  /** Owner of the claimed token; its address is never told in a message. */
  readonly holder: Hex | null;
  readonly missing: { readonly reportedAt: number } | null;
}

export interface EditionFacts {
  readonly size: number;
  readonly anchored: number;
  readonly anchorUntil: number;
  readonly objectionSeconds: number;
  /** The size was lowered to what was anchored. */
  readonly closed: boolean;
}

/** The chain could not be read; `reason` says why, for people. */
export interface ChainUnavailable {
  readonly unavailable: string;
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

export interface VerdictInput {
  /** What parseBundle answered, or null when there is none. */
  readonly bundle: BundleRead | BundleRefused | null;
  readonly chainFacts: ChainFacts | ChainUnavailable;
  readonly trust: Trust;
}

export interface Verdict {
  readonly verdict: VerdictWord;
  readonly axes: Readonly<Record<Axis, Finding>>;
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  /** Null when the chain could not be read. */
  readonly asOf: AsOf | null;
}

import type { Hex } from '../hex.js';

/** The block at which chain facts were read; time in seconds since 1970. */
export interface AsOf {
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly blockTime: number;
  readonly finality: 'final' | 'latest';
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
  /** False where the token was not looked at, as in a checkpoint; then holder and missing say nothing. */
  readonly holderRead?: boolean;
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

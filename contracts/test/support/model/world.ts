import type { Hex } from 'viem';

/** What the model remembers of an edition. */
export type ModelEdition = {
  payout: Hex;
  size: number;
  anchored: number;
  royaltyBps: number;
  anchorUntil: number;
  objectionSeconds: number;
};
export type ModelBatch = {
  firstSerial: number;
  count: number;
  root: Hex;
  time: number;
  cosignUntil: number;
  /** Which certificates it was built of: version of each serial's certificate in order. */
  version: number;
};
export type ModelIssuer = {
  domain: string;
  base: string;
  publisher: Hex;
  coSigner: Hex;
  signers: Map<Hex, { validFrom: number; retiredAt: number }>;
  editions: Map<bigint, ModelEdition>;
  /** Batches that stand, by edition and first serial; a voided one leaves null behind. */
  batches: Map<string, ModelBatch | null>;
  /** What was voided, by edition, first serial, count and root. */
  voided: Set<string>;
};
export type ModelToken = { owner: Hex; approved: Hex };

export const NOBODY: Hex = `0x${'00'.repeat(20)}`;

/** The whole state, kept in maps by plain keys: nothing of the contract's packing or hashing. */
export class World {
  readonly issuers = new Map<Hex, ModelIssuer>();
  readonly tokens = new Map<bigint, ModelToken>();
  readonly statuses = new Map<bigint, number>();
  readonly replacements = new Map<bigint, { leaf: Hex; version: number }>();
  readonly missing = new Map<bigint, { holder: Hex; since: number }>();
  readonly operators = new Set<string>();

  issuer(address: Hex): ModelIssuer {
    const found = this.issuers.get(address);
    if (found !== undefined) return found;
    const issuer: ModelIssuer = {
      domain: '',
      base: '',
      publisher: NOBODY,
      coSigner: NOBODY,
      signers: new Map(),
      editions: new Map(),
      batches: new Map(),
      voided: new Set(),
    };
    this.issuers.set(address, issuer);
    return issuer;
  }

  /** How many tokens somebody holds. */
  balanceOf(owner: Hex): number {
    return [...this.tokens.values()].filter((token) => token.owner === owner).length;
  }
}

export const placeOf = (edition: bigint, firstSerial: number): string =>
  `${edition.toString()} ${String(firstSerial)}`;

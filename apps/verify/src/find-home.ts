import { type Hex, type Home, OFFICIAL_DEPLOYMENTS } from '@touchmark/certificates';
import type { Options } from './options.js';

/** The chain and contract that certificates count at, and the hash of its code where it is known. */
export interface KnownHome extends Home {
  readonly codeHash: Hex | null;
}

/** The home that this check trusts for a chain: the one given, else the official one; null when neither is known. */
export function findHome(options: Options, chainId: number): KnownHome | null {
  const { contract, codeHash } = options;
  if (contract !== null) return { chainId: options.chainId ?? chainId, contract, codeHash };
  return OFFICIAL_DEPLOYMENTS.find((deployment) => deployment.chainId === chainId) ?? null;
}

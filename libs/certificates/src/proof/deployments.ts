import type { Hex } from '../hex.js';

/** An official deployment of the contract, as `contracts/deployments/<chainId>.json` has it. */
export interface Deployment {
  readonly chainId: number;
  readonly contract: Hex;
  readonly codeHash: Hex;
}

/** The official deployments, which ship with every verifier; there is none yet. */
export const OFFICIAL_DEPLOYMENTS: readonly Deployment[] = [];

export { readAddress } from './addresses.js';
export {
  ChainCalls,
  type AfterRefusal,
  type CallIncluded,
  type CallRequest,
  type Refusal,
} from './calls/chain-calls.js';
export { type ChainState, ChainStateEnum, chainStateOf } from './calls/chain-state.js';
export type { ReceiptsCall } from './calls/receipts-call.js';
export { CHECKS } from './chain.checks.js';
export { ChainModule } from './chain.module.js';
export { ChainOutboxModule } from './chain-outbox.module.js';
export { CoSigner } from './co-sign/co-signer.js';
export {
  CommitEdition,
  type EditionToCommit,
  MOST_COSIGN_DAYS,
  MOST_OBJECTION_DAYS,
} from './commit-edition/commit-edition.js';
export { Issuers } from './issuers.js';
export {
  IssuerKeysRepository,
  type IssuerKey,
  type KeyPurpose,
  RETIRE_AT_ONCE,
} from './issuer-keys.repository.js';
export type { Issuer } from './issuers.repository.js';
export { KeyRing } from './keys/key-ring.js';
export { ChainNodes } from './nodes/chain-nodes.js';
export { AnchoredBatches, type BatchOnChain, type EditionOnChain } from './read-blocks/anchored-batches.js';
export { Blocks, type FinalBlock } from './read-blocks/blocks.js';
export { ClaimTimes } from './read-blocks/claim-times.js';
export { ChainReader } from './read-facts/chain-reader.js';

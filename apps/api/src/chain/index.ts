export { ChainCalls, type CallIncluded, type CallRequest } from './calls/chain-calls.js';
export { ChainModule } from './chain.module.js';
export { ChainOutboxModule } from './chain-outbox.module.js';
export { CommitEdition, type EditionToCommit } from './commit-edition/commit-edition.js';
export { Issuers } from './issuers.js';
export type { Issuer } from './issuers.repository.js';
export { KeyRing } from './keys/key-ring.js';
export { ChainNodes } from './nodes/chain-nodes.js';

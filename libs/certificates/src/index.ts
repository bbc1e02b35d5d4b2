export * from './bundle.js';
export * from './canonical-json.js';
export { type BundleRead, checkBundle } from './check-bundle.js';
export * from './did/did-document.js';
export * from './did/domain.js';
export * from './did/read-did.js';
export * from './digital-link.js';
export * from './document.js';
export * from './gtin.js';
export * from './history.js';
export { EncodingError, type Hex, isLowerHex, sameHex } from './hex.js';
export { hashFaster } from './keccak.js';
export * from './issue.js';
export * from './made-by.js';
export { parseBundle } from './parse-bundle.js';
export * from './reasons.js';
export * from './signature.js';
export * from './token.js';
export * from './tree.js';
export * from './typed-data.js';
export * from './claim/index.js';
export { decideVerdict } from './verdict/decide-verdict.js';
export * from './verdict/verdict.types.js';
export { type Deployment, OFFICIAL_DEPLOYMENTS } from './proof/deployments.js';
export { factsFromBundle, factsFromProof, type TrustRoot, trustOf } from './proof/facts-from-proof.js';
export { type BlockHeader, headerOfBlock, readHeader } from './proof/header.js';
export { ProofError, type ProofProblem } from './proof/proof-error.js';
export * from './proof/proof.types.js';
export { type ProofRefused, type ProvenState, readProof } from './proof/state-proof.js';
export { editionFacts, type StoredFacts, storedFacts } from './proof/stored.js';
export { readCertificate } from './reading/read-certificate.js';
export { readFacts, readState, type StateQuestion, type StateRead } from './reading/read-facts.js';
export * from './reading/reading.types.js';
export * from './core/checkpoint.js';
export {
  type CheckpointFacts,
  type CheckpointScope,
  MOST_CHECKPOINT_SERIALS,
} from './core/checkpoint-facts.js';
export { CORE_VERSION, encodeCore } from './core/core-bytes.js';
export { CORE_PREFIX, type CoreCertificate, type CoreRead, coreText, parseCore } from './core/parse-core.js';
export { captureCheckpoint, type CheckpointCaptured } from './reading/capture-checkpoint.js';

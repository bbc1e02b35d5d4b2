export * from './allocate.js';
export * from './decide-request.js';
export * from './decide-round.js';
export * from './draw.js';
export { canonicalRound, type RoundDocument } from './document.js';
export * from './request.js';
export { verifyRound, type BlockWitness, type RoundFinding, type RoundVerdict } from './verify.js';

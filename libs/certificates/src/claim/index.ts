export * from './address.js';
export * from './claim-call.js';
export * from './claim-link.js';
export * from './siwe.js';

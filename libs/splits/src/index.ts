export * from './agreement.js';
export * from './quota.js';
export * from './waterfall.js';

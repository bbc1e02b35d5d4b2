export * from './currencies.js';
export * from './money.js';
export * from './rational.js';
export * from './shares.js';

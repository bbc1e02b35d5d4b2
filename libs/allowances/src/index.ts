export * from './decide-allowance.js';
export * from './decide-quotas.js';
export * from './period.js';
export * from './recognition.js';

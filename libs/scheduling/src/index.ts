export * from './place-run.js';
export * from './place-work.js';
export * from './run.js';

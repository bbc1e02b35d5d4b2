export * from './place-run.js';
export * from './run.js';

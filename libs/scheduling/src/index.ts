export * from './place-work.js';
export * from './run.js';

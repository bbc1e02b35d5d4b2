export * from './keys.js';
export * from './scans.js';
export * from './sun.js';
export * from './tap.js';

export * from './check-in.js';
export * from './hand-over.js';
export * from './inspection.js';
export * from './lot.js';
export * from './quality-input.js';
export type { PhotoType } from './photo/photo.types.js';
export * from './photo/read-photo.js';

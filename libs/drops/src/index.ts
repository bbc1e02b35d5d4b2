export * from './edition.js';
export * from './open-drop.js';
export * from './order.js';
export * from './capture.js';
export * from './close.js';

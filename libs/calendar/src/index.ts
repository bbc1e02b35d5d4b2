export * from './choose-station.js';
export * from './claim-state.js';
export * from './commit-window.js';
export * from './grid.js';
export * from './hold.js';
export * from './opening.js';
export * from './window.js';
export * from './zone.js';

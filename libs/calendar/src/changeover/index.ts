export * from './choose-placement.js';
export { crowding, farBefore, type TooClose } from './crowding.js';
export * from './free-for-family.js';
export * from './matrix.js';
export * from './next-placements.js';
export * from './open-time.js';
export * from './place.js';
export * from './relink.js';
export * from './timeline.js';

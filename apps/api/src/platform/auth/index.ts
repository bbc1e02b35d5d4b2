export { Access, AccessGuard, CurrentActor, accountOf, mayCall, type AccessRule } from './access.js';
export * from './actor.js';

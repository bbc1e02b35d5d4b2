export { Access, AccessGuard, CurrentActor, accountOf, mayCall, type AccessRule } from './access.js';
export * from './actor.js';
export { Passes, type Credential, type Pass, type PassVerdict } from './passes.js';

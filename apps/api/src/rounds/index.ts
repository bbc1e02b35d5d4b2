export { CHECKS } from './rounds.checks.js';
export { CODE_CHECKS } from './rounds.code-checks.js';
export { RoundsModule } from './rounds.module.js';

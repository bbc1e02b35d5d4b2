export { CHECKS } from './exchange.checks.js';
export { CODE_CHECKS } from './exchange.code-checks.js';
export { ExchangeModule } from './exchange.module.js';

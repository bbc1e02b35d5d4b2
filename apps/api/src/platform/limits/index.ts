export { networkOf } from './network-of.js';
export { RateLimits } from './rate-limits.js';

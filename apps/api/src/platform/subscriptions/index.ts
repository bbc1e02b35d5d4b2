export { CLOSE, SOCKET_LIMITS } from './limits.js';
export { EndWithApollo } from './end-with-apollo.js';
export { EventQueue } from './event-queue.js';
export type { LiveConnection } from './live-connection.js';
export type { LiveContext } from './live-context.js';
export { SubscriptionServer } from './subscription-server.js';
export { sameForAll } from './shared-answers.js';

export { Database } from './database.js';
export { DatabaseModule } from './database.module.js';
export { newId } from './id.js';
export { claimRequest, type Request, type RequestClaim } from './once.js';
export { SharedReads } from './shared-reads.js';
export { PLAN_ONCE, Transaction, type Queryable } from './transaction.js';
export { Transactions, isTransient, violatedConstraint } from './transactions.js';

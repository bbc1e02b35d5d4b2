export { Agreements } from './agreements.js';
export type { Posting } from './build-posting.js';
export { CHECKS } from './payouts.checks.js';
export { CODE_CHECKS } from './payouts.code-checks.js';
export { PayoutsModule } from './payouts.module.js';
export { BOOKS_NOT_OPEN } from './ledger.repository.js';
export { Postings, type Book, type OpenBooks } from './postings.js';

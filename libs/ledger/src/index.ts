export * from './chain.js';
export * from './credits.js';
export * from './postings.js';
export * from './trade.js';
export {
  ACCOUNTS,
  balanced,
  balanceOf,
  LedgerInputError,
  type Account,
  type Entry,
  type LedgerTransaction,
  type TransactionKind,
} from './transaction.js';

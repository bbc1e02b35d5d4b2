export * from './chain.js';
export * from './postings.js';
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

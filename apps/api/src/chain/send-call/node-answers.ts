import {
  BaseError,
  BlockNotFoundError,
  ExecutionRevertedError,
  InsufficientFundsError,
  NonceTooLowError,
  TransactionReceiptNotFoundError,
} from 'viem';

function causedBy(error: unknown, kind: abstract new (...args: never[]) => Error): boolean {
  return error instanceof BaseError && error.walk((cause) => cause instanceof kind) !== null;
}

/** True when the contract would refuse the call, or did. */
export function isRevert(error: unknown): boolean {
  return causedBy(error, ExecutionRevertedError);
}

/** True when the sender's nonce was used by another transaction that is in a block. */
export function isNonceTooLow(error: unknown): boolean {
  return causedBy(error, NonceTooLowError);
}

/** True when the sender cannot pay. */
export function isUnderfunded(error: unknown): boolean {
  return causedBy(error, InsufficientFundsError);
}

/** True when a node answered that it has no such block or receipt, which is an answer and not a failure. */
export function isNotFound(error: unknown): boolean {
  return causedBy(error, BlockNotFoundError) || causedBy(error, TransactionReceiptNotFoundError);
}

/** True when the node holds this very transaction already. */
export function isKnownTransaction(error: unknown): boolean {
  return /already known|already imported|known transaction/i.test(wordsOf(error));
}

/** What a node said, in one line without addresses of nodes (they may carry access keys). */
export function wordsOf(error: unknown): string {
  if (error instanceof BaseError) return (error.details || error.shortMessage).slice(0, 300);
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown failure';
}

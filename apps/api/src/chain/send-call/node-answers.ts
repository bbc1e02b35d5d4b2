import { collectorReceiptsAbi } from '@touchmark/contracts';
import {
  BaseError,
  BlockNotFoundError,
  ExecutionRevertedError,
  HttpRequestError,
  InsufficientFundsError,
  InvalidParamsRpcError,
  TransactionReceiptNotFoundError,
  decodeErrorResult,
  isHex,
} from 'viem';
import type { Refusal } from '../calls/chain-calls.js';

function causedBy(error: unknown, kind: abstract new (...args: never[]) => Error): boolean {
  return error instanceof BaseError && error.walk((cause) => cause instanceof kind) !== null;
}

/** True when the contract would refuse the call, or did. */
export function isRevert(error: unknown): boolean {
  return causedBy(error, ExecutionRevertedError);
}

/** True when the sender cannot pay. */
export function isUnderfunded(error: unknown): boolean {
  return causedBy(error, InsufficientFundsError);
}

const UNKNOWN_TAG = /\b(unknown|unsupported|invalid) (block|tag)|\bblock not found/i;

/**
 * True when a node answered that it knows no block by such a name. One that is asked too often, or fails, has not said so,
 * whatever it answers: providers refuse in many words and numbers.
 */
export function isUnknownTag(error: unknown): boolean {
  const refused = error instanceof BaseError && !causedBy(error, HttpRequestError);
  return (
    refused &&
    (isNotFound(error) || causedBy(error, InvalidParamsRpcError) || UNKNOWN_TAG.test(wordsOf(error)))
  );
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
  const refusal = refusalOf(error);
  if (refusal !== null)
    return `the contract refuses: ${refusal.errorName}(${refusal.args.map(String).join(', ')})`;
  const words = error instanceof BaseError ? error.details || error.shortMessage : String(error);
  // Nodes quote the bytes of an error; the database takes no control characters.
  return words.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300);
}

/** The contract's own error with its arguments, e.g. `AnchorOutOfOrder` of 4 and 1; null when there is none to read. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof BaseError)) return null;
  const cause = error.walk(
    (inner) => 'data' in (inner as object) && isHex((inner as { data: unknown }).data),
  );
  if (cause === null) return null;
  try {
    const { data } = cause as unknown as { readonly data: `0x${string}` };
    // An error without arguments has none at run time, whatever its type says.
    const decoded: { readonly errorName: string; readonly args?: readonly unknown[] | undefined } =
      decodeErrorResult({ abi: collectorReceiptsAbi, data });
    return { errorName: decoded.errorName, args: decoded.args ?? [] };
  } catch {
    return null;
  }
}

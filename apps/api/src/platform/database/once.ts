import { hash } from 'node:crypto';
import { requireRequestId } from '../graphql/request-id.js';
import type { Transaction } from './transaction.js';

/** Who asks for what under which `requestId`; `subjectId` is the id that the accepted outcome will have. */
export interface Request {
  readonly actorId: string;
  readonly operation: string;
  readonly requestId: string;
  readonly input: unknown;
  readonly subjectId: string;
}

/** What the request table knows: nothing yet, the same request (rebuild from `subjectId`), or another input. */
export type RequestClaim =
  | { readonly kind: 'Fresh' }
  | { readonly kind: 'Seen'; readonly subjectId: string }
  | { readonly kind: 'Reused' };

function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value.toString()}n`;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => [key, canonical(entry)]),
    );
  return value;
}

function inputHash(input: unknown): Buffer {
  return hash('sha256', JSON.stringify(canonical(input)), 'buffer');
}

/**
 * Claims a request id, unique per actor and operation for ever. Must be the first statement of its transaction: a
 * second request with the same id waits here until the first has committed or rolled back. Throws BAD_USER_INPUT when
 * the id is no UUID.
 */
export async function claimRequest(tx: Transaction, request: Request): Promise<RequestClaim> {
  requireRequestId(request.requestId);
  tx.locking('request');
  const hashed = inputHash(request.input);
  const key = [request.actorId, request.operation, request.requestId];
  const fresh = await tx.query(
    `INSERT INTO request (actor_id, operation, request_id, input_hash, subject_id)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1 AS inserted`,
    [...key, hashed, request.subjectId],
  );
  if (fresh.length > 0) return { kind: 'Fresh' };
  const [seen] = await tx.query<{ input_hash: Buffer; subject_id: string }>(
    `SELECT input_hash, subject_id FROM request WHERE actor_id = $1 AND operation = $2 AND request_id = $3`,
    key,
  );
  if (seen === undefined) throw new Error(`request ${request.requestId} vanished between insert and read`);
  return seen.input_hash.equals(hashed) ? { kind: 'Seen', subjectId: seen.subject_id } : { kind: 'Reused' };
}

import type { ChainNodePort } from '@touchmark/certificates';
import { boundedText } from './bounded-text.js';

// The proofs of one certificate are a few dozen kilobytes; a block with all its transaction hashes some hundred.
const MOST_ANSWER_BYTES = 4 * 1024 * 1024;
const PATIENCE_MS = 10_000;
const MOST_WORDS = 200;

/** Thrown when a node does not answer a call with a result. */
export class NodeAnswerError extends Error {
  override readonly name = 'NodeAnswerError';
}

/**
 * A node reached by JSON-RPC over HTTP. It is named by its place and host, since the rest of an address may be a key;
 * redirects are refused, answers are bounded in size and time, and `deadline` ends whatever goes on.
 */
export function httpNode(url: URL, place: number, deadline: AbortSignal): ChainNodePort {
  let calls = 0;
  return {
    name: `node ${String(place)} (${url.host})`,
    async ask(method, params) {
      calls += 1;
      const id = calls;
      const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
      return resultOf(method, id, await post(url, body, deadline));
    },
  };
}

async function post(url: URL, body: string, deadline: AbortSignal): Promise<string> {
  // A password in an address goes into a header: fetch takes no address with one.
  const { username, password } = url;
  const bare = new URL(url);
  bare.username = bare.password = '';
  const pass = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    'base64',
  );
  try {
    const response = await fetch(bare, {
      method: 'POST',
      body,
      redirect: 'error',
      headers: { 'content-type': 'application/json', ...(username && { authorization: `Basic ${pass}` }) },
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), deadline]),
    });
    const text = response.body === null ? '' : await boundedText(response.body, MOST_ANSWER_BYTES);
    if (response.ok || text.startsWith('{')) return text;
    throw new NodeAnswerError(`it answers with HTTP status ${String(response.status)}`);
  } catch (error) {
    if (error instanceof NodeAnswerError) throw error;
    throw new NodeAnswerError(wordsOf(error));
  }
}

function resultOf(method: string, id: number, text: string): unknown {
  const answer = parsed(text);
  if (answer?.['id'] !== id) throw new NodeAnswerError(`its answer to ${method} is not JSON-RPC`);
  const { error } = answer;
  if (error === undefined && 'result' in answer) return answer['result'];
  const { message } = (error ?? {}) as { message?: unknown };
  const words = typeof message === 'string' ? message.slice(0, MOST_WORDS) : 'an error without words';
  throw new NodeAnswerError(`it refuses ${method}: ${words}`);
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Why a request failed, without the address that it went to. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer';
  if (['TimeoutError', 'AbortError'].includes(error.name)) return 'it does not answer in time';
  if (error.name === 'TooLargeError') return error.message;
  const { cause } = error;
  const code = [error, cause].map((thrown) => (thrown as { code?: unknown } | undefined)?.code);
  const known = code.find((entry) => typeof entry === 'string');
  const redirected = cause instanceof Error && cause.message.includes('redirect');
  if (redirected) return 'it redirects elsewhere, which is not followed';
  return known === undefined ? 'it does not answer' : `it does not answer (${known})`;
}

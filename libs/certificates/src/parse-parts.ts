import { MAX_BUNDLE_BYTES } from './bundle.js';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { utf8 } from './hex.js';
import type { StateProof } from './proof/proof.types.js';
import { exactObject, hex, hexBytes, json, list, ShapeError, whole } from './shape.js';
import type { Home } from './typed-data.js';

const PROOF_KEYS = ['header', 'nodes'] as const;
const MAX_NODES = 1024;

/** Reads bytes or text as canonical JSON of at most 256 KiB; throws ShapeError otherwise. `what` names it for people. */
export function readCanonical(input: Uint8Array | string, what: string): JsonValue {
  if (input.length > MAX_BUNDLE_BYTES) throw tooLarge(input.length, what);
  // Half a surrogate pair has no UTF-8 form, so such a text is not the text of any file.
  if (typeof input === 'string' && !input.isWellFormed()) throw notUtf8(what);
  const bytes = typeof input === 'string' ? utf8(input) : input;
  if (bytes.length > MAX_BUNDLE_BYTES) throw tooLarge(bytes.length, what);
  const content = decode(bytes, what);
  if (content.trim() === '') {
    throw new ShapeError('INPUT_EMPTY', `${what} is empty; expected its JSON file.`);
  }
  const value = json(parseJson(content, what), what);
  if (canonicalJson(value) !== content) {
    const message = `${what} is not canonical JSON (spaces, key order, doubled keys or spellings differ).`;
    throw new ShapeError('NOT_CANONICAL', `${message} Use the file as it was downloaded, unchanged.`);
  }
  return value;
}

/** Reads a state proof; whether it proves anything is for `readProof` to say. */
export function readStateProof(value: unknown): StateProof {
  const proof = exactObject(value, 'proof', PROOF_KEYS);
  return {
    header: hexBytes(proof.header, 'proof.header'),
    nodes: list(proof.nodes, 'proof.nodes', MAX_NODES, hexBytes),
  };
}

/** Reads the chain and the contract that something is made for. */
export function readHome(chainId: unknown, contract: unknown): Home {
  return {
    chainId: whole(chainId, 'chainId', 1, Number.MAX_SAFE_INTEGER),
    contract: hex(contract, 'contract', 20),
  };
}

function decode(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notUtf8(what);
  }
}

function parseJson(content: string, what: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new ShapeError('INPUT_NOT_JSON', `${what} is not JSON; expected its file.`);
  }
}

function tooLarge(length: number, what: string): ShapeError {
  return new ShapeError(
    'INPUT_TOO_LARGE',
    `${what} has ${length} bytes, expected at most ${MAX_BUNDLE_BYTES}.`,
  );
}

function notUtf8(what: string): ShapeError {
  return new ShapeError('INPUT_NOT_UTF8', `${what} is not UTF-8 text; expected its JSON file.`);
}

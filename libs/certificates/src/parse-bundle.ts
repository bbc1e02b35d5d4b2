import { BUNDLE_FORMAT, type Bundle, type BundleRefused, type Inclusion, refuseBundle } from './bundle.js';
import { type BundleRead, checkBundle } from './check-bundle.js';
import type { Field } from './document.js';
import { readCanonical, readHome, readStateProof } from './parse-parts.js';
import { decimalUint64, exactObject, hasKey, hex, json, list, ShapeError, text, whole } from './shape.js';

const UINT32_MAX = 2 ** 32 - 1;
const MAX_FIELDS = 4096;
const BUNDLE_KEYS = [
  'format',
  'chainId',
  'contract',
  'issuer',
  'edition',
  'serial',
  'document',
  'claimKey',
  'signer',
  'signature',
  'inclusion',
  'proof',
] as const;
const INCLUSION_KEYS = ['firstSerial', 'count', 'time', 'cosignUntil', 'index', 'path', 'root'] as const;

/**
 * Reads a bundle from its bytes (or their text) and checks all that needs no chain: size, UTF-8, JSON, canonical form,
 * exact keys and types, the signature and the inclusion path; hostile input is a refusal, never a throw.
 */
export function parseBundle(input: Uint8Array | string): BundleRead | BundleRefused {
  try {
    return checkBundle(readBundle(readCanonical(input, 'The bundle')));
  } catch (error) {
    if (error instanceof ShapeError) return refuseBundle(error.reason, error.message);
    throw error;
  }
}

function readBundle(value: unknown): Bundle {
  // The format first, so that a bundle of a later version is named as such and not as one with unknown keys.
  const format = hasKey(value, 'format') ? (value as { format: unknown }).format : undefined;
  if (typeof format === 'string' && format !== BUNDLE_FORMAT) {
    const message = `The format is "${format.slice(0, 40)}", expected "${BUNDLE_FORMAT}".`;
    throw new ShapeError('UNKNOWN_FORMAT', `${message} A newer verifier may read it.`);
  }
  const bundle = exactObject(value, 'The bundle', BUNDLE_KEYS);
  text(bundle.format, 'format');
  return {
    format: BUNDLE_FORMAT,
    ...readHome(bundle.chainId, bundle.contract),
    issuer: hex(bundle.issuer, 'issuer', 20),
    edition: decimalUint64(bundle.edition, 'edition'),
    serial: whole(bundle.serial, 'serial', 1, UINT32_MAX),
    document: list(bundle.document, 'document', MAX_FIELDS, readField),
    claimKey: hex(bundle.claimKey, 'claimKey', 20),
    signer: hex(bundle.signer, 'signer', 20),
    signature: hex(bundle.signature, 'signature', 65),
    inclusion: bundle.inclusion === null ? null : readInclusion(bundle.inclusion),
    proof: bundle.proof === null ? null : readStateProof(bundle.proof),
  };
}

function readField(value: unknown, at: string): Field {
  if (hasKey(value, 'valueHash')) {
    const withheld = exactObject(value, at, ['path', 'valueHash']);
    return {
      path: text(withheld.path, `${at}.path`),
      valueHash: hex(withheld.valueHash, `${at}.valueHash`, 32),
    };
  }
  const field = exactObject(value, at, ['path', 'salt', 'value']);
  return {
    path: text(field.path, `${at}.path`),
    salt: hex(field.salt, `${at}.salt`, 32),
    value: json(field.value, `${at}.value`),
  };
}

function readInclusion(value: unknown): Inclusion {
  const inclusion = exactObject(value, 'inclusion', INCLUSION_KEYS);
  return {
    firstSerial: whole(inclusion.firstSerial, 'inclusion.firstSerial', 1, UINT32_MAX),
    count: whole(inclusion.count, 'inclusion.count', 1, UINT32_MAX),
    time: whole(inclusion.time, 'inclusion.time', 0, Number.MAX_SAFE_INTEGER),
    cosignUntil: whole(inclusion.cosignUntil, 'inclusion.cosignUntil', 0, UINT32_MAX),
    index: whole(inclusion.index, 'inclusion.index', 0, UINT32_MAX),
    path: list(inclusion.path, 'inclusion.path', 32, (item, at) => hex(item, at, 32)),
    root: hex(inclusion.root, 'inclusion.root', 32),
  };
}

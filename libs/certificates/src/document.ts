import { canonicalJson, canonicalProblem, type JsonValue } from './canonical-json.js';
import { type Hex, hexDigits, isLowerHex, keccak, toHex, uintBytes, utf8 } from './hex.js';
import { treeOfHashes } from './tree.js';

const FIELD_TAG = Uint8Array.of(0x00);
const DOCUMENT_TAG = Uint8Array.of(0x02);
const FIELD_END = utf8('"]');
const VALUE_TAG = Uint8Array.of(0x03);

/** A disclosed field: what it says, and the 32-byte random salt that keeps its hash from being guessed. */
export interface DisclosedField {
  readonly path: string;
  readonly salt: Hex;
  readonly value: JsonValue;
}

/** A withheld field: its path, which the proof covers, and the hash of its salt and value. */
export interface WithheldField {
  readonly path: string;
  readonly valueHash: Hex;
}

export type Field = DisclosedField | WithheldField;

/** The fields of a certificate, sorted by the UTF-8 bytes of their paths, no path twice. */
export type CertificateDocument = readonly Field[];

/** Thrown when a caller builds a document from fields that cannot form one. */
export class DocumentError extends Error {
  override name = 'DocumentError';
}

/** Tells a disclosed field from a withheld one. */
export function isDisclosed(field: Field): field is DisclosedField {
  return 'salt' in field;
}

/** The hash of what a field says: keccak256(0x03, canonical JSON of [salt, value]), or the given one when withheld. */
export function valueHash(field: Field): Hex {
  return isDisclosed(field) ? toHex(valueDigest(field)) : field.valueHash;
}

function valueDigest({ salt, value }: DisclosedField): Uint8Array {
  // Salts and hashes are hex, which canonical JSON only puts quotes around.
  return keccak(VALUE_TAG, `["${salt}",${canonicalJson(value)}]`);
}

/** The hash of one field: keccak256(0x00, canonical JSON of [path, value hash]), so a withheld field keeps its path. */
export function fieldLeaf(field: Field): Hex {
  return toHex(fieldHash(field));
}

function fieldHash(field: Field): Uint8Array {
  const path = canonicalJson(field.path);
  if (!isDisclosed(field)) return keccak(FIELD_TAG, `[${path},"${field.valueHash}"]`);
  return keccak(FIELD_TAG, `[${path},"0x`, hexDigits(valueDigest(field)), FIELD_END);
}

/** Sorts fields into a document; throws DocumentError when one is malformed, a path is used twice, or there is none. */
export function makeDocument(fields: readonly Field[]): CertificateDocument {
  const document = [...fields].sort((left, right) => compareUtf8(left.path, right.path));
  const problem = documentProblem(document);
  if (problem !== null) throw new DocumentError(`These fields form no document: ${problem}.`);
  return document;
}

/** Says why fields are not a document (none, unsorted, doubled, malformed), or null when they are one. */
export function documentProblem(fields: CertificateDocument): string | null {
  if (fields.length === 0) return 'there is no field, expected at least one';
  for (const [place, field] of fields.entries()) {
    const previous = fields[place - 1];
    if (field.path === '' || !field.path.isWellFormed())
      return `the path of field ${place} is empty or not Unicode`;
    if (previous && compareUtf8(previous.path, field.path) >= 0) {
      return `the path "${field.path}" must come after "${previous.path}" and only once`;
    }
    const hash = isDisclosed(field) ? field.salt : field.valueHash;
    if (!isLowerHex(hash, 32))
      return `the salt or value hash of "${field.path}" is not 32 bytes of lower-case hex`;
    const value = isDisclosed(field) ? canonicalProblem(field.value) : null;
    if (value !== null) return `the value of "${field.path}" has no canonical form: ${value}`;
  }
  return null;
}

/** The root of a document: keccak256(0x02, uint32 count, root of the positional tree over the field hashes). */
export function documentRoot(document: CertificateDocument): Hex {
  const { top } = treeOfHashes(document.map(fieldHash));
  return toHex(keccak(DOCUMENT_TAG, uintBytes(document.length, 4), top));
}

/** Withholds the named fields (salt and value are gone, the root is the same); throws DocumentError for an unknown path. */
export function withhold(document: CertificateDocument, paths: readonly string[]): CertificateDocument {
  const unknown = paths.find((path) => !document.some((field) => field.path === path));
  if (unknown !== undefined) throw new DocumentError(`There is no field "${unknown}" to withhold.`);
  return document.map((field) =>
    paths.includes(field.path) ? { path: field.path, valueHash: valueHash(field) } : field,
  );
}

/** Orders texts by their UTF-8 bytes (which differs from JavaScript's order beyond the basic plane). */
export function compareUtf8(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  let place = 0;
  while (place < shorter && left.charCodeAt(place) === right.charCodeAt(place)) place += 1;
  if (place === shorter) return left.length - right.length;
  const [a, b] = [left.charCodeAt(place), right.charCodeAt(place)];
  // Half of a surrogate pair stands for a character beyond all that one unit can hold.
  return (isHalf(a) ? 1 : 0) - (isHalf(b) ? 1 : 0) || a - b;
}

function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

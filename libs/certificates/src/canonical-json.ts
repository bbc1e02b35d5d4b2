/** The JSON values that a certificate may carry: no number but whole ones within +-(2^53-1). */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Nesting beyond this is refused, so that hostile input cannot exhaust the stack. */
export const MAX_JSON_DEPTH = 32;

/** Thrown by canonicalJson for a value that has no canonical form; ask `canonicalProblem` first for outside input. */
export class CanonicalJsonError extends Error {
  override name = 'CanonicalJsonError';
}

/** Says why a value has no canonical form (a fraction, a lone surrogate, too deep, not JSON), or null when it has one. */
export function canonicalProblem(value: unknown, depth = 0): string | null {
  if (depth > MAX_JSON_DEPTH) return `nested deeper than ${MAX_JSON_DEPTH} levels`;
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? null : `the number ${value} is not whole within +-(2^53-1)`;
  }
  if (typeof value === 'string') return value.isWellFormed() ? null : 'a text with half of a surrogate pair';
  if (typeof value !== 'object') return `a value of type ${typeof value}`;
  if (Array.isArray(value)) return firstProblem(value, depth);
  if (!isPlain(value)) return 'an object that is not plain data';
  for (const [key, member] of Object.entries(value)) {
    const problem = key.isWellFormed()
      ? canonicalProblem(member, depth + 1)
      : canonicalProblem(key, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

/**
 * Writes a value as canonical JSON by RFC 8785 (JCS), restricted to whole numbers: keys in UTF-16 order, no spaces;
 * throws CanonicalJsonError for a value without canonical form.
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 0);
}

function firstProblem(values: readonly unknown[], depth: number): string | null {
  // A hole in a sparse list comes out as undefined, which is refused like any other value that is not JSON.
  for (const value of values) {
    const problem = canonicalProblem(value, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function write(value: JsonValue, depth: number): string {
  // For strings and whole numbers ECMAScript's own serialisation is what RFC 8785 prescribes (-0 becomes 0).
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value);
  if (
    value === null ||
    typeof value !== 'object' ||
    depth >= MAX_JSON_DEPTH ||
    !(isList(value) || isPlain(value))
  )
    return writeChecked(value, depth);
  if (isList(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
  let members = '';
  // Without a function to compare by, texts are sorted by their UTF-16 units, as RFC 8785 asks.
  for (const key of Object.keys(value).sort()) {
    const member = `${write(key, depth + 1)}:${write(value[key] as JsonValue, depth + 1)}`;
    members = members === '' ? member : `${members},${member}`;
  }
  return `{${members}}`;
}

/** What has no parts, or must not have any; throws for what has no canonical form. */
function writeChecked(value: JsonValue, depth: number): string {
  const problem = canonicalProblem(value, depth);
  if (problem !== null) throw new CanonicalJsonError(`No canonical form: ${problem}.`);
  return JSON.stringify(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

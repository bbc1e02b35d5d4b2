const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True when `text` can be a key of ours; anything else is no such thing, and never a database error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
